package pin_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/pin"
)

func TestClientsCertificateIsAccepted(t *testing.T) {
	authority := newAuthority(t)
	meet(t, pin.Server(newKey(t), authority.pool()), pin.Client(accept, authority.client(t, nil))).good(t)
}

func TestServerWithoutAuthoritiesAsksForNoCertificate(t *testing.T) {
	client := pin.Client(accept, newAuthority(t).client(t, nil))
	get := client.GetClientCertificate
	client.GetClientCertificate = func(info *tls.CertificateRequestInfo) (*tls.Certificate, error) {
		t.Error("a certificate was asked for")
		return get(info)
	}
	meet(t, pin.Server(newKey(t), nil), client).good(t)
}

// The client's own handshake succeeds in all of these, as Client says.
func TestServerRefusesWrongCertificates(t *testing.T) {
	authority := newAuthority(t)
	for name, c := range map[string]struct {
		certificate *tls.Certificate
		alert, says string
	}{
		"missing":              {nil, "certificate required", "didn't provide a certificate"},
		"of another authority": {newAuthority(t).client(t, nil), "unknown certificate authority", "unknown authority"},
		"expired": {authority.client(t, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Hour) }),
			"expired certificate", "expired"},
		"not yet valid": {authority.client(t, func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Hour) }),
			"expired certificate", "not yet valid"},
		"for servers": {authority.client(t, func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth} }),
			"bad certificate", "incompatible key usage"},
	} {
		t.Run(name, func(t *testing.T) {
			m := meet(t, pin.Server(newKey(t), authority.pool()), pin.Client(accept, c.certificate))
			must(t, m.handshake)
			wantError(t, m.read, c.alert)
			wantError(t, m.server, c.says)
		})
	}
}

func TestCertificateIsNotShownToOtherServer(t *testing.T) {
	authority := newAuthority(t)
	client := pin.Client(pin.Exactly(newKey(t).Fingerprint()), authority.client(t, nil))
	client.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
		t.Error("a server with another key got to the certificate")
		return nil, errors.New("not this one")
	}
	m := meet(t, pin.Server(newKey(t), authority.pool()), client)
	wantError(t, m.handshake)
}

func TestLoadedFilesAreAccepted(t *testing.T) {
	authority := newAuthority(t)
	signed := authority.client(t, nil)
	certificate, err := pin.LoadCertificate(write(t, pemOf(t, signed.Certificate[0])+pemOf(t, signed.PrivateKey)))
	must(t, err)
	pool, err := pin.LoadPool(write(t, "# comment\n"+pemOf(t, newAuthority(t).certificate.Raw)+pemOf(t, authority.certificate.Raw)))
	must(t, err)
	meet(t, pin.Server(newKey(t), pool), pin.Client(accept, certificate)).good(t)
}

func TestBadCertificateFileIsRefused(t *testing.T) {
	authority := newAuthority(t)
	good := authority.client(t, nil)
	certificate, key := pemOf(t, good.Certificate[0]), pemOf(t, good.PrivateKey)
	expired := authority.client(t, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Hour) })
	early := authority.client(t, func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Hour) })
	for name, c := range map[string]struct{ content, says string }{
		"empty":              {"", "is empty"},
		"no PEM":             {"hello\n", "is not a PEM file"},
		"no key":             {certificate, "has no private key"},
		"no certificate":     {key, "has no certificate"},
		"cut":                {key + certificate[:len(certificate)-10], "only 1 of its 2 PEM blocks"},
		"of another key":     {certificate + pemOf(t, authority.private), "does not match"},
		"damaged":            {key + pemOf(t, []byte("hello")), "cannot be used"},
		"expired":            {pemOf(t, expired.Certificate[0]) + pemOf(t, expired.PrivateKey), "expired at"},
		"not yet valid":      {pemOf(t, early.Certificate[0]) + pemOf(t, early.PrivateKey), "this machine's clock"},
		"of OpenSSH and not": {certificate + "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "cannot be used"},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, c.content)
			_, err := pin.LoadCertificate(path)
			wantError(t, err, "certificate file "+path, c.says)
			leaksNoKey(t, err, c.content)
		})
	}
}

// leaksNoKey fails the test if an error has a line of a key file (S4).
func leaksNoKey(t *testing.T, err error, content string) {
	t.Helper()
	for line := range strings.Lines(content) {
		line = strings.TrimSpace(line)
		if len(line) > 20 && !strings.HasPrefix(line, "-----") && strings.Contains(err.Error(), line) {
			t.Errorf("the error repeats the file: %v", err)
		}
	}
}

func TestBadFileOfAuthoritiesIsRefused(t *testing.T) {
	authority := newAuthority(t)
	certificate := pemOf(t, authority.certificate.Raw)
	for name, c := range map[string]struct{ content, says string }{
		"empty":   {"", "is empty"},
		"no PEM":  {"hello\n", "is not a PEM file"},
		"a key":   {certificate + pemOf(t, authority.private), `has a PEM block "PRIVATE KEY"`},
		"damaged": {certificate + pemOf(t, []byte("hello")), "damaged certificate, number 2"},
		"cut":     {certificate[:len(certificate)-10] + "\n" + certificate, "only 1 of its 2 PEM blocks"},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, c.content)
			_, err := pin.LoadPool(path)
			wantError(t, err, path, c.says)
			leaksNoKey(t, err, c.content)
		})
	}
}

func TestMissingFilesAreTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none")
	_, certificateErr := pin.LoadCertificate(path)
	_, poolErr := pin.LoadPool(path)
	for _, err := range []error{certificateErr, poolErr} {
		wantError(t, err, path)
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%v is not fs.ErrNotExist", err)
		}
	}
}
