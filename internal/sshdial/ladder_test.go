package sshdial_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/sshdial"
)

// A key is one with its two halves.
type key struct {
	ssh.Signer
	raw any
}

func newKey(t testing.TB) key {
	t.Helper()
	_, raw, err := ed25519.GenerateKey(rand.Reader)
	return signer(t, raw, err)
}

func newECDSA(t testing.TB) key {
	t.Helper()
	raw, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	return signer(t, raw, err)
}

func signer(t testing.TB, raw any, err error) key {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	s, err := ssh.NewSignerFromKey(raw)
	if err != nil {
		t.Fatal(err)
	}
	return key{s, raw}
}

func (k key) line() string        { return string(ssh.MarshalAuthorizedKey(k.PublicKey())) }
func (k key) fingerprint() string { return ssh.FingerprintSHA256(k.PublicKey()) }

// certify signs a key.
func (k key) certify(t testing.TB, of key, kind uint32, principal string) *ssh.Certificate {
	t.Helper()
	cert := &ssh.Certificate{Key: of.PublicKey(), CertType: kind, ValidPrincipals: []string{principal}, ValidBefore: ssh.CertTimeInfinity}
	if err := cert.SignCert(rand.Reader, k); err != nil {
		t.Fatal(err)
	}
	return cert
}

// A home is a user's folder on this side.
type home struct {
	testing.TB
	dir string
}

func newHome(t testing.TB) home {
	t.Helper()
	h := home{t, t.TempDir()}
	if err := os.Mkdir(h.path(""), 0o700); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h home) path(name string) string { return filepath.Join(h.dir, ".ssh", name) }

func (h home) write(name, text string) {
	h.Helper()
	if err := os.WriteFile(h.path(name), []byte(text), 0o600); err != nil {
		h.Fatal(err)
	}
}

func (h home) read(name string) string {
	h.Helper()
	text, err := os.ReadFile(h.path(name))
	if err != nil {
		h.Fatal(err)
	}
	return string(text)
}

// save writes a private key, encrypted if there is a passphrase.
func (h home) save(name string, k key, passphrase string) {
	h.Helper()
	keygen, missing := exec.LookPath("ssh-keygen")
	block, err := ssh.MarshalPrivateKey(k.raw, "")
	if passphrase != "" && missing != nil {
		block, err = ssh.MarshalPrivateKeyWithPassphrase(k.raw, "", []byte(passphrase))
	}
	if err != nil {
		h.Fatal(err)
	}
	h.write(name, string(pem.EncodeToMemory(block)))
	if passphrase == "" || missing != nil {
		return
	}
	// In one round: the usual sixteen take seconds under the race detector.
	out, err := exec.Command(keygen, "-q", "-p", "-a", "1", "-P", "", "-N", passphrase, "-f", h.path(name)).CombinedOutput()
	if err != nil {
		h.Fatalf("%v: %s", err, out)
	}
}

// settings gives those for a destination, with a configuration in which what this
// machine has outside of the home does not matter.
func (h home) settings(destination, config string) *sshdial.Settings {
	h.Helper()
	h.write("config", config+"\nHost *\nGlobalKnownHostsFile none\n")
	return &sshdial.Settings{Destination: destination, Config: h.path("config"), Home: h.dir,
		Getenv: func(string) string { return "" }, Logger: slog.New(slog.NewTextHandler(farsidetest.Log(h, ""), nil))}
}

// meet gives the settings with which a server lets in.
func (h home) meet(s *server, config string) *sshdial.Settings {
	h.Helper()
	h.save("id_ed25519", s.user, "")
	h.write("known_hosts", s.known())
	return h.settings(s.destination(), config)
}

// open opens a client that ends with the test.
func open(t testing.TB, settings *sshdial.Settings) *sshdial.Client {
	t.Helper()
	c, err := sshdial.Open(t.Context(), settings)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// run gives what a command prints.
func run(t testing.TB, c *sshdial.Client, command string) string {
	t.Helper()
	s, err := c.Start(t.Context(), command)
	if err != nil {
		t.Fatal(err)
	}
	text, exit := finish(t, s)
	if exit != (sshdial.Exit{}) {
		t.Fatalf("%s: %+v; it said %q", command, exit, text)
	}
	return text
}

// works opens a client and sees to it that it is good for something.
func works(t testing.TB, settings *sshdial.Settings) {
	t.Helper()
	c := open(t, settings)
	if got := run(t, c, "echo hello"); got != "hello\n" {
		t.Errorf("the command printed %q", got)
	}
}

// fails wants Open to fail at a stage, with an error that has certain words.
func fails(t testing.TB, settings *sshdial.Settings, stage string, words ...string) error {
	t.Helper()
	return failsIn(t, t.Context(), settings, stage, words...)
}

func failsIn(t testing.TB, ctx context.Context, settings *sshdial.Settings, stage string, words ...string) error {
	t.Helper()
	c, err := sshdial.Open(ctx, settings)
	if err == nil {
		c.Close()
		t.Fatal("it opened")
	}
	wantError(t, err, stage, words...)
	return err
}

func wantError(t testing.TB, err error, stage string, words ...string) {
	t.Helper()
	staged, ok := errors.AsType[*sshdial.Error](err)
	if !ok || staged.Stage != stage {
		t.Fatalf("error %v, want one of stage %s", err, stage)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("error %v says nothing of %q", err, word)
		}
	}
}

// knownLine writes a line for known_hosts.
func knownLine(host string, port int, k key) string {
	if port != 22 {
		host = fmt.Sprintf("[%s]:%d", host, port)
	}
	return host + " " + k.line()
}
