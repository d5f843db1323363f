package pin

import (
	"crypto/ed25519"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
)

// protocol is what both sides must ask for in ALPN. A browser is told that there is
// nothing for it here, and what is said here can be played to no other TLS server.
const protocol = "farside"

// Server gives the TLS settings of a server with this key. If clients is not nil, a
// client must show a certificate for client authentication that chains to one of
// them and is valid now, by this machine's clock.
//
// TLS sets no limit to how long a client may take for its handshake: the caller does,
// by a deadline on the connection.
func Server(k *Key, clients *x509.CertPool) *tls.Config {
	config := &tls.Config{
		MinVersion:             tls.VersionTLS13,
		Certificates:           []tls.Certificate{k.certificate},
		NextProtos:             []string{protocol},
		SessionTicketsDisabled: true,
		VerifyConnection:       checkProtocol,
		// Small first records are for pages that are shown while they load.
		DynamicRecordSizingDisabled: true,
	}
	if clients != nil {
		config.ClientAuth = tls.RequireAndVerifyClientCert
		config.ClientCAs = clients
	}
	return config
}

// Client gives the TLS settings of a client. In every handshake check is asked with
// the fingerprint of the server's key, and its error is the handshake's. After it the
// server still has to prove that it holds that key. If certificate is not nil, it is
// shown to a server that asks for one, whatever authorities that server names: its
// refusal says more than an empty answer would.
//
// A client that the server refuses, for its certificate, sees its own handshake
// succeed and the error only on its first read: in TLS 1.3 the client ends first. So
// a connection is good when the server has said something on it.
func Client(check func(fingerprint string) error, certificate *tls.Certificate) *tls.Config {
	config := &tls.Config{
		MinVersion: tls.VersionTLS13,
		NextProtos: []string{protocol},
		// It leaves out names, authorities and dates, which a pinned key replaces:
		// VerifyConnection compares the key itself, in every handshake, and that the
		// server holds it is verified all the same.
		InsecureSkipVerify: true,
		VerifyConnection:   verifyServer(check),
		// An address is never sent, where tls.Dial would send the host's name in clear.
		ServerName: "0.0.0.0",
		// The server keeps no sessions. To ask for one would make two connections
		// recognizable as from the same client.
		SessionTicketsDisabled:      true,
		DynamicRecordSizingDisabled: true,
	}
	if certificate != nil {
		config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			return certificate, nil
		}
	}
	return config
}

// verifyServer is for VerifyConnection, since VerifyPeerCertificate is skipped when
// a session is resumed.
func verifyServer(check func(fingerprint string) error) func(tls.ConnectionState) error {
	return func(state tls.ConnectionState) error {
		if err := checkProtocol(state); err != nil {
			return err
		}
		certificate := state.PeerCertificates[0]
		if _, ok := certificate.PublicKey.(ed25519.PublicKey); !ok {
			return fmt.Errorf("the server's key is of another kind (%v) and not an ed25519 one: it is no farside server",
				certificate.PublicKeyAlgorithm)
		}
		return check(fingerprintOf(certificate))
	}
}

// checkProtocol refuses those who do not speak of protocols at all, which crypto/tls
// lets pass.
func checkProtocol(state tls.ConnectionState) error {
	if state.NegotiatedProtocol != protocol {
		return errors.New("the other side does not speak farside's protocol (ALPN " + protocol + "); check the address")
	}
	return nil
}
