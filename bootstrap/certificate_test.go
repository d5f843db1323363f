package bootstrap_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/bootstrap"
	"github.com/farside-go/farside/gateway"
)

// An authority signs certificates of near sides.
type authority struct {
	private     ed25519.PrivateKey
	certificate *x509.Certificate
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	check(t, err)
	template := certificateOf("authority " + rand.Text())
	template.IsCA, template.BasicConstraintsValid, template.KeyUsage = true, true, x509.KeyUsageCertSign
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, private)
	check(t, err)
	certificate, err := x509.ParseCertificate(der)
	check(t, err)
	return &authority{private, certificate}
}

func certificateOf(name string) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-24 * time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
}

func (a *authority) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	return pool
}

// file gives a file with a near side's certificate and key.
func (a *authority) file(t *testing.T) string {
	t.Helper()
	template := certificateOf("near side")
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	check(t, err)
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, public, a.private)
	check(t, err)
	key, err := x509.MarshalPKCS8PrivateKey(private)
	check(t, err)
	path := filepath.Join(t.TempDir(), "near.pem")
	both := append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})...)
	check(t, os.WriteFile(path, both, 0o600))
	return path
}

// S1
func TestCertificatesInsteadOfTokens(t *testing.T) {
	ours, others := newAuthority(t), newAuthority(t)
	s := serve(t, &bootstrap.Options{ClientCAs: ours.pool()})
	if strings.Contains(s.spec, "token") {
		t.Errorf("the spec %s has a token", s.spec)
	}
	wantRefused(t, s.spec, gateway.StageAuthenticate, "certificate")
	wantRefused(t, s.spec+"//token=0123456789abcdef", gateway.StageAuthenticate, "certificate")
	wantRefused(t, s.spec+"//cert="+others.file(t), gateway.StageAuthenticate, "certificate")
	if strings.Contains(s.log.String(), "opened") {
		t.Error("a worker was started")
	}
	s.spec += "//cert=" + ours.file(t)
	s.stillServes(t)
}
