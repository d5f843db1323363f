package knownhosts

import (
	"bytes"
	"net"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/crypto/ssh"
)

// DefaultPort is the port that is not written into the files.
const DefaultPort = 22

// A Host is what the files hold about one host.
type Host struct {
	host  string
	names []string // the one it is recorded by first

	keys, authorities, revoked []Entry
	damaged                    []Place
}

// Read gives what files hold about a host. One on a port of its own is also looked up
// without it, as OpenSSH does: whoever has the host's key is the host.
func Read(paths []string, host string, port int) (*Host, error) {
	h := &Host{host: strings.ToLower(host)}
	if port != DefaultPort {
		h.names = append(h.names, "["+h.host+"]:"+strconv.Itoa(port))
	}
	h.names = append(h.names, h.host)
	for _, path := range paths {
		if err := h.read(path); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// Check refuses a key that is not the host's: with an [UnknownError] if no key of it
// is known, a [ChangedError] if others are, a [RevokedError], or an error that says
// what is wrong with a certificate.
func (h *Host) Check(key ssh.PublicKey) error {
	if cert, ok := key.(*ssh.Certificate); ok {
		if authority := find(h.authorities, cert.SignatureKey); authority != nil {
			return h.checkCertificate(cert, authority)
		}
		key = cert.Key // what an unknown authority has signed is worth no more than this
	}
	switch revoked := find(h.revoked, key); {
	case revoked != nil:
		return &RevokedError{Name: h.names[0], Key: key, Place: revoked.Place}
	case find(h.keys, key) != nil:
		return nil
	case len(h.keys) > 0:
		return &ChangedError{Name: h.names[0], Key: key, Known: h.keys}
	}
	return &UnknownError{Name: h.names[0], Key: key, Authorities: h.authorities, Damaged: h.damaged}
}

// checkCertificate checks one that a known authority has signed. No fall-back follows:
// an authority that is known is the only one to be asked.
func (h *Host) checkCertificate(cert *ssh.Certificate, authority *Entry) error {
	for _, key := range []ssh.PublicKey{cert.Key, cert.SignatureKey} {
		if revoked := find(h.revoked, key); revoked != nil {
			return &RevokedError{Name: h.names[0], Key: key, Place: revoked.Place}
		}
	}
	checker := ssh.CertChecker{
		IsHostAuthority: func(ssh.PublicKey, string) bool { return true }, // it has been found
	}
	if err := checker.CheckHostKey(net.JoinHostPort(h.host, "0"), nil, cert); err != nil {
		return &CertificateError{Name: h.names[0], Key: cert.Key, Authority: authority.Place, Err: err}
	}
	return nil
}

func find(entries []Entry, key ssh.PublicKey) *Entry {
	blob := key.Marshal()
	for i := range entries {
		if bytes.Equal(entries[i].Key.Marshal(), blob) {
			return &entries[i]
		}
	}
	return nil
}

// Algorithms puts those of the allowed ones first for which a key of the host is
// known. Without that, a server with several keys may show one that is not known and
// seem to be another. The others stay, so that a server that has only those is told
// with its fingerprint. Certificates are asked for only where an authority is known.
func (h *Host) Algorithms(allowed []string) []string {
	var certificates, known, others []string
	for _, algorithm := range allowed {
		switch {
		case isCertificate(algorithm):
			certificates = append(certificates, algorithm)
		case slices.ContainsFunc(h.keys, func(e Entry) bool { return signs(e.Key.Type(), algorithm) }):
			known = append(known, algorithm)
		default:
			others = append(others, algorithm)
		}
	}
	if len(h.authorities) == 0 {
		certificates = nil
	}
	return slices.Concat(certificates, known, others)
}

func isCertificate(algorithm string) bool { return strings.Contains(algorithm, "-cert-v01@") }

// signs reports whether a key of a type signs by an algorithm. RSA keys have several.
func signs(keyType, algorithm string) bool {
	if keyType == ssh.KeyAlgoRSA {
		return algorithm == ssh.KeyAlgoRSASHA256 || algorithm == ssh.KeyAlgoRSASHA512 || algorithm == ssh.KeyAlgoRSA
	}
	return keyType == algorithm
}
