package sshauth

import (
	"bytes"
	"slices"

	"golang.org/x/crypto/ssh"
)

// A key is one that can be offered.
type key struct {
	public ssh.PublicKey
	signer ssh.Signer // nil where only the public half is here
	from   string     // the file, or the agent
}

// keys gives what to offer, as OpenSSH orders it: certificates, the keys that the
// configuration names, in the agent or not, and then what else the agent has.
func (w *Identity) keys() ([]ssh.Signer, error) {
	files := w.files()
	held := w.fromAgent()
	var named []key
	for _, file := range files {
		if at := slices.IndexFunc(held, file.is); at >= 0 {
			named = append(named, held[at])
		} else if file.signer != nil {
			named = append(named, file)
		}
	}
	chosen := slices.Concat(w.certificates(slices.Concat(named, held)), named)
	if !w.host.IdentitiesOnly {
		chosen = append(chosen, held...)
	}
	var signers []ssh.Signer
	seen := map[string]bool{}
	for _, k := range chosen {
		if blob := string(k.public.Marshal()); !seen[blob] {
			seen[blob] = true
			signers = append(signers, k.signer)
			w.offered = append(w.offered, k.public.Type()+" "+ssh.FingerprintSHA256(k.public)+" ("+k.from+")")
		}
	}
	return signers, nil
}

func (k key) is(other key) bool { return bytes.Equal(k.public.Marshal(), other.public.Marshal()) }

// certificates gives those for which there is the key: the ones that are named, and
// the ones that lie beside a key's file.
func (w *Identity) certificates(keys []key) (out []key) {
	paths := slices.Clone(w.host.CertificateFiles)
	for _, path := range w.host.IdentityFiles {
		paths = append(paths, path+"-cert.pub")
	}
	for i, path := range paths {
		public, err := readPublic(path)
		cert, ok := public.(*ssh.Certificate)
		if err != nil || !ok {
			if i < len(w.host.CertificateFiles) {
				w.note("there is no certificate to be read in %s", path)
			}
			continue
		}
		at := slices.IndexFunc(keys, key{public: cert.Key}.is)
		if at < 0 {
			w.note("there is no key for the certificate %s", path)
			continue
		}
		if signer, err := ssh.NewCertSigner(cert, keys[at].signer); err == nil {
			out = append(out, key{cert, signer, path})
		}
	}
	return out
}
