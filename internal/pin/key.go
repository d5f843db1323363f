package pin

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"time"
)

// A Key is a server's identity: an ed25519 key with a self-signed certificate. It
// does not change and may be used by many goroutines.
type Key struct {
	private     ed25519.PrivateKey
	certificate tls.Certificate
}

// NewKey makes a key.
func NewKey() (*Key, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	return keyOf(private)
}

// keyOf gives a private key its certificate, which is always the same for the same
// key. It is valid at any time that a clock may show, though [Client] does not look:
// a machine without a battery starts in 1970.
func keyOf(private ed25519.PrivateKey) (*Key, error) {
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "farside"},
		NotBefore:    time.Date(1950, time.January, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:     time.Date(9999, time.December, 31, 23, 59, 59, 0, time.UTC), // RFC 5280: no end
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		return nil, fmt.Errorf("make a key's certificate: %w", err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("make a key's certificate: %w", err)
	}
	certificate := tls.Certificate{Certificate: [][]byte{der}, PrivateKey: private, Leaf: leaf}
	return &Key{private: private, certificate: certificate}, nil
}

// Fingerprint names the key: "SHA256:" and the unpadded base64 of the SHA-256 of the
// public key (its SubjectPublicKeyInfo), in the form that OpenSSH prints.
func (k *Key) Fingerprint() string { return fingerprintOf(k.certificate.Leaf) }
