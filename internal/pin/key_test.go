package pin_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/farside-go/farside/internal/pin"
)

func TestFingerprintIsOfPublicKey(t *testing.T) {
	key := newKey(t)
	der, err := x509.MarshalPKIXPublicKey(pin.Server(key, nil).Certificates[0].PrivateKey.(crypto.Signer).Public())
	must(t, err)
	hash := sha256.Sum256(der)
	want := "SHA256:" + base64.RawURLEncoding.EncodeToString(hash[:])
	if key.Fingerprint() != want || !pin.IsFingerprint(want) {
		t.Errorf("the fingerprint is %s, want %s", key.Fingerprint(), want)
	}
}

func TestKeyFileKeepsItsKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b", "key")
	first, made, err := pin.LoadKey(path)
	must(t, err)
	if !made {
		t.Error("it was not said that a key was made")
	}
	again, made, err := pin.LoadKey(path)
	must(t, err)
	if made || again.Fingerprint() != first.Fingerprint() {
		t.Errorf("made: %v, %s and then %s", made, first.Fingerprint(), again.Fingerprint())
	}
	meet(t, pin.Server(again, nil), pin.Client(pin.Exactly(first.Fingerprint()), nil)).good(t)
}

func TestKeyFileIsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes say nothing there")
	}
	dir := filepath.Join(t.TempDir(), "a")
	path := filepath.Join(dir, "key")
	_, _, err := pin.LoadKey(path)
	must(t, err)
	wantMode(t, path, 0o600)
	wantMode(t, dir, 0o700)
	left, err := os.ReadDir(dir)
	must(t, err)
	if len(left) != 1 {
		t.Errorf("files beside the key: %v", left)
	}
}

func wantMode(t *testing.T, path string, want os.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm() != want {
		t.Errorf("%s has the mode %v, want %v", path, info.Mode().Perm(), want)
	}
}

func TestPrivateKeyThatOthersCanReadIsRefused(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes say nothing there")
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o620} {
		path := filepath.Join(t.TempDir(), "key")
		_, _, err := pin.LoadKey(path)
		must(t, err)
		must(t, os.Chmod(path, mode))
		_, _, err = pin.LoadKey(path)
		wantError(t, err, path, "can be read by others", "chmod 600")
		_, err = pin.LoadCertificate(path)
		wantError(t, err, path, "can be read by others")
	}
}

func TestSeveralMakersOfKeyFileEndWithOneKey(t *testing.T) {
	for range 20 {
		path := filepath.Join(t.TempDir(), "key")
		var group sync.WaitGroup
		var mu sync.Mutex
		var fingerprints []string
		makers := 0
		for range 8 {
			group.Go(func() {
				key, made, err := pin.LoadKey(path)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				fingerprints = append(fingerprints, key.Fingerprint())
				if made {
					makers++
				}
			})
		}
		group.Wait()
		slices.Sort(fingerprints)
		if one := slices.Compact(fingerprints); len(one) != 1 || makers != 1 {
			t.Fatalf("keys %v, made by %d", one, makers)
		}
	}
}

func TestSeveralProcessesMakeOneKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "key")
	said := atOnce(t, 4, "key", path)
	key, made, err := pin.LoadKey(path)
	must(t, err)
	for _, fingerprint := range said {
		if made || fingerprint != key.Fingerprint() {
			t.Errorf("a process says %s, and the file has %s", fingerprint, key.Fingerprint())
		}
	}
}

func TestLinkToKeyFileIsFollowed(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "key"), filepath.Join(dir, "link")
	if err := os.Symlink(path, link); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	_, _, err := pin.LoadKey(link)
	wantError(t, err, link, "leads nowhere", "remove it")

	key, _, err := pin.LoadKey(path)
	must(t, err)
	linked, made, err := pin.LoadKey(link)
	must(t, err)
	if made || linked.Fingerprint() != key.Fingerprint() {
		t.Errorf("made: %v, %s behind the link to %s", made, linked.Fingerprint(), key.Fingerprint())
	}
}

func TestBadKeyFileIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	_, _, err := pin.LoadKey(path)
	must(t, err)
	good := read(t, path)
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	for name, c := range map[string]struct{ content, says string }{
		"empty":         {"", "is empty"},
		"no PEM":        {"hello\n", "is not a PEM file"},
		"cut":           {good[:len(good)-10], "only 0 of its 1 PEM blocks"},
		"two keys":      {good + good, "has 2 PEM blocks"},
		"OpenSSH's":     {strings.ReplaceAll(good, "PRIVATE", "OPENSSH PRIVATE"), `"OPENSSH PRIVATE KEY"`},
		"encrypted":     {strings.ReplaceAll(good, "PRIVATE", "ENCRYPTED PRIVATE"), `"ENCRYPTED PRIVATE KEY"`},
		"damaged":       {strings.ReplaceAll(pemOf(t, []byte(good)), "CERTIFICATE", "PRIVATE KEY"), "damaged key"},
		"of other kind": {pemOf(t, other), "*ecdsa.PrivateKey"},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, c.content)
			_, made, err := pin.LoadKey(path)
			wantError(t, err, "key file "+path, c.says, "openssl genpkey -algorithm ed25519")
			leaksNoKey(t, err, c.content)
			if made || read(t, path) != c.content {
				t.Error("the file was replaced")
			}
		})
	}
}

func TestKeyFileThatIsNoFileIsRefused(t *testing.T) {
	dir := t.TempDir()
	_, _, err := pin.LoadKey(dir)
	wantError(t, err, dir, "not a regular file")
}

func TestKeyFileThatCannotBeMadeIsTold(t *testing.T) {
	path := filepath.Join(write(t, ""), "key") // below a file
	_, made, err := pin.LoadKey(path)
	wantError(t, err, path)
	if made {
		t.Error("a key was made that is nowhere")
	}
}

func FuzzIsFingerprint(f *testing.F) {
	good := newKey(f).Fingerprint()
	for _, seed := range []string{"", good, good + "=", good + "\n", good[:len(good)-1], good[:49] + "\n", strings.ToLower(good), "SHA256:" + strings.Repeat("_", 43)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		hash, err := base64.RawURLEncoding.Strict().DecodeString(strings.TrimPrefix(text, "SHA256:"))
		want := err == nil && len(hash) == sha256.Size && len(text) == len(good) && strings.HasPrefix(text, "SHA256:")
		if pin.IsFingerprint(text) != want {
			t.Errorf("IsFingerprint(%q) is not %v", text, want)
		}
	})
}
