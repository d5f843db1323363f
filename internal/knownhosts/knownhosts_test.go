package knownhosts_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
	xknownhosts "golang.org/x/crypto/ssh/knownhosts"

	"github.com/farside-go/farside/internal/knownhosts"
)

func signer(t testing.TB, key any, err error) ssh.Signer {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	s, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func newEd25519(t testing.TB) ssh.Signer {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	return signer(t, key, err)
}

func newECDSA(t testing.TB) ssh.Signer {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	return signer(t, key, err)
}

func newRSA(t testing.TB) ssh.Signer {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	return signer(t, key, err)
}

// line writes an entry.
func line(field string, key ssh.Signer) string {
	return field + " " + string(ssh.MarshalAuthorizedKey(key.PublicKey()))
}

func file(t testing.TB, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "known_hosts")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t testing.TB, path, host string, port int) *knownhosts.Host {
	t.Helper()
	h, err := knownhosts.Read([]string{path}, host, port)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestNamesAreThoseThatOpenSSHFinds(t *testing.T) {
	key := newEd25519(t)
	for _, c := range []struct {
		field string
		host  string
		port  int
		known bool
	}{
		{"web", "web", 22, true}, {"web", "WEB", 22, true}, {"Web", "web", 22, true}, {"web", "web2", 22, false},
		{"a,web,b", "web", 22, true}, {"*.net", "a.net", 22, true}, {"*.net,!b.net", "b.net", 22, false},
		{"[web]:2222", "web", 2222, true}, {"[web]:2222", "web", 22, false}, {"[web]:2222", "web", 2223, false},
		{"web", "web", 2222, true}, {"[*]:2222", "web", 2222, true}, {"*", "web", 2222, true},
		{"::1", "::1", 22, true}, {"[::1]:23", "::1", 23, true}, {"192.0.2.?", "192.0.2.7", 22, true},
		{xknownhosts.HashHostname("web"), "web", 22, true}, {xknownhosts.HashHostname("web"), "other", 22, false},
		{xknownhosts.HashHostname("[web]:7"), "Web", 7, true}, {"|1|broken", "web", 22, false}, {"|2|AA==|AA==", "web", 22, false},
	} {
		path := file(t, "# a comment\n\n", line(c.field, key))
		h := read(t, path, c.host, c.port)
		if err := h.Check(key.PublicKey()); (err == nil) != c.known {
			t.Errorf("%s for %s port %d: %v", c.field, c.host, c.port, err)
		}
	}
}

// ssh-keygen looks up what it is given, and knows nothing of ports.
func TestHashedNamesAreThoseOfSSHKeygen(t *testing.T) {
	keygen, err := exec.LookPath("ssh-keygen")
	if err != nil {
		if strings.Contains(os.Getenv("FARSIDE_REQUIRE"), "sshd") {
			t.Fatal("no ssh-keygen to compare with")
		}
		t.Skip("SKIPPED: no ssh-keygen to compare with; install openssh-client")
	}
	key := newEd25519(t)
	theirs := file(t, line("web", key), line("[web]:7", key))
	if out, err := exec.CommandContext(t.Context(), keygen, "-H", "-f", theirs).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, port := range []int{22, 7} {
		if err := read(t, theirs, "web", port).Check(key.PublicKey()); err != nil {
			t.Errorf("what ssh-keygen hashed: %v", err)
		}
	}
	ours := filepath.Join(t.TempDir(), "f")
	for _, hashed := range []bool{true, false} {
		host := map[bool]string{true: "Hashed", false: "plain"}[hashed]
		if err := knownhosts.Record(ours, host, 7, key.PublicKey(), hashed); err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), keygen, "-F", "["+strings.ToLower(host)+"]:7", "-f", ours).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "found: line") {
			t.Errorf("what we wrote: %v: %s", err, out)
		}
	}
}

func wantError[E error](t *testing.T, err error, words ...string) E {
	t.Helper()
	var as E
	if !errors.As(err, &as) {
		t.Fatalf("error %v, want a %T", err, as)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("error %v says nothing of %q", err, word)
		}
	}
	return as
}

func TestUnknownKeyIsRefusedWithItsFingerprint(t *testing.T) {
	key := newEd25519(t)
	err := read(t, filepath.Join(t.TempDir(), "missing"), "web", 2222).Check(key.PublicKey())
	wantError[*knownhosts.UnknownError](t, err, "[web]:2222", "ssh-ed25519 "+ssh.FingerprintSHA256(key.PublicKey()), "another way")
}

func TestChangedKeyIsRefusedWithTheLine(t *testing.T) {
	key, other := newEd25519(t), newEd25519(t)
	path := file(t, "#\n", line("web", key))
	err := read(t, path, "web", 22).Check(other.PublicKey())
	wantError[*knownhosts.ChangedError](t, err, path+":2", ssh.FingerprintSHA256(key.PublicKey()), ssh.FingerprintSHA256(other.PublicKey()), "in between")
}

func TestKeyOfAnotherTypeIsRefusedAsSuch(t *testing.T) {
	key, other := newEd25519(t), newECDSA(t)
	path := file(t, line("web", key))
	err := read(t, path, "web", 22).Check(other.PublicKey())
	wantError[*knownhosts.ChangedError](t, err, "another type", path+":1", ssh.FingerprintSHA256(key.PublicKey()), ssh.FingerprintSHA256(other.PublicKey()))
}

func TestSeveralKeysOfOneTypeAreAllGood(t *testing.T) {
	first, second := newEd25519(t), newEd25519(t)
	h := read(t, file(t, line("web", first), line("web", second)), "web", 22)
	for _, key := range []ssh.Signer{first, second} {
		if err := h.Check(key.PublicKey()); err != nil {
			t.Error(err)
		}
	}
}

func TestRevokedKeyIsRefusedThoughItIsKnown(t *testing.T) {
	key, authority := newEd25519(t), newEd25519(t)
	path := file(t, line("web", key), line("@revoked *", key))
	wantError[*knownhosts.RevokedError](t, read(t, path, "web", 2222).Check(key.PublicKey()), path+":2")
	for _, revoked := range []ssh.Signer{key, authority} {
		path = file(t, line("@cert-authority *", authority), line("@revoked web", revoked))
		cert := certify(t, authority, key, nil)
		wantError[*knownhosts.RevokedError](t, read(t, path, "web", 22).Check(cert), path+":2")
	}
}

func certify(t *testing.T, authority, key ssh.Signer, change func(*ssh.Certificate)) *ssh.Certificate {
	t.Helper()
	cert := &ssh.Certificate{Key: key.PublicKey(), CertType: ssh.HostCert, ValidPrincipals: []string{"web", "::1"}, ValidBefore: ssh.CertTimeInfinity}
	if change != nil {
		change(cert)
	}
	if err := cert.SignCert(rand.Reader, authority); err != nil {
		t.Fatal(err)
	}
	return cert
}

func TestCertificateOfAKnownAuthorityIsGood(t *testing.T) {
	authority, key := newEd25519(t), newECDSA(t)
	path := file(t, line("@cert-authority *", authority))
	for _, host := range []string{"web", "::1"} {
		if err := read(t, path, host, 2222).Check(certify(t, authority, key, nil)); err != nil {
			t.Error(err)
		}
	}
}

func TestCertificateThatIsNotGoodIsRefused(t *testing.T) {
	authority, key := newEd25519(t), newECDSA(t)
	path := file(t, line("@cert-authority *", authority), line("web", key)) // no fall-back to the known key
	for hazard, change := range map[string]func(*ssh.Certificate){
		"of another host": func(c *ssh.Certificate) { c.ValidPrincipals = []string{"db"} },
		"expired":         func(c *ssh.Certificate) { c.ValidBefore = uint64(time.Now().Add(-time.Hour).Unix()) },
		"of a user":       func(c *ssh.Certificate) { c.CertType = ssh.UserCert },
		"with an option":  func(c *ssh.Certificate) { c.CriticalOptions = map[string]string{"new": "thing"} },
	} {
		t.Run(hazard, func(t *testing.T) {
			err := read(t, path, "web", 22).Check(certify(t, authority, key, change))
			wantError[*knownhosts.CertificateError](t, err, path+":1", ssh.FingerprintSHA256(key.PublicKey()))
		})
	}
}

func TestAuthorityIsNoHostKey(t *testing.T) {
	authority := newEd25519(t)
	path := file(t, line("@cert-authority *", authority))
	err := read(t, path, "web", 22).Check(authority.PublicKey())
	wantError[*knownhosts.UnknownError](t, err, path+":1", "has not signed")
}

func TestCertificateOfAnUnknownAuthorityIsWorthItsKey(t *testing.T) {
	authority, key := newEd25519(t), newECDSA(t)
	cert := certify(t, authority, key, nil)
	if err := read(t, file(t, line("web", key)), "web", 22).Check(cert); err != nil {
		t.Error(err)
	}
	wantError[*knownhosts.UnknownError](t, read(t, file(t), "web", 22).Check(cert), ssh.FingerprintSHA256(key.PublicKey()))
}

func TestKnownTypesAreAskedForFirst(t *testing.T) {
	allowed := []string{ssh.CertAlgoED25519v01, ssh.KeyAlgoED25519, ssh.KeyAlgoECDSA256, ssh.KeyAlgoRSASHA512}
	for _, c := range []struct {
		lines []string
		want  []string
	}{
		{nil, allowed[1:]},
		{[]string{line("web", newRSA(t))}, []string{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoED25519, ssh.KeyAlgoECDSA256}},
		{[]string{line("web", newECDSA(t))}, []string{ssh.KeyAlgoECDSA256, ssh.KeyAlgoED25519, ssh.KeyAlgoRSASHA512}},
		{[]string{line("db", newECDSA(t))}, allowed[1:]},
		{[]string{line("@revoked web", newECDSA(t))}, allowed[1:]},
		{[]string{line("@cert-authority *", newECDSA(t))}, allowed},
	} {
		if got := read(t, file(t, c.lines...), "web", 22).Algorithms(allowed); !slices.Equal(got, c.want) {
			t.Errorf("with %q: %v, want %v", c.lines, got, c.want)
		}
	}
}

func TestDamagedLineDoesNotHideOthersAndIsTold(t *testing.T) {
	key := newEd25519(t)
	path := file(t, "web ssh-future AAAA\n", "web\n", "@new web "+line("", key), line("web", key))
	if err := read(t, path, "web", 22).Check(key.PublicKey()); err != nil {
		t.Error(err)
	}
	path = file(t, "db nonsense\n", "web ssh-ed25519 AAAA\n")
	err := read(t, path, "web", 22).Check(key.PublicKey())
	wantError[*knownhosts.UnknownError](t, err, path+":2")
	if err := knownhosts.Record(path, "web", 22, key.PublicKey(), false); err == nil {
		t.Error("a key is recorded for a host that a damaged line may have another for")
	}
}

func TestRecordKeepsWhatIsThere(t *testing.T) {
	old, key := newEd25519(t), newECDSA(t)
	before := strings.TrimSuffix(line("db", old), "\n")
	path := file(t, before)
	for range 2 { // the second time it is there
		if err := knownhosts.Record(path, "Web", 2222, key.PublicKey(), false); err != nil {
			t.Fatal(err)
		}
	}
	got, _ := os.ReadFile(path)
	if want := before + "\n" + line("[web]:2222", key); string(got) != want {
		t.Errorf("the file is %q, want %q", got, want)
	}
}

func TestRecordRefusesAKeyThatHasChangedMeanwhile(t *testing.T) {
	path := file(t, line("web", newEd25519(t)))
	err := knownhosts.Record(path, "web", 22, newEd25519(t).PublicKey(), false)
	wantError[*knownhosts.ChangedError](t, err)
}

func TestRecordRefusesNamesThatWouldBeMore(t *testing.T) {
	key := newEd25519(t).PublicKey()
	path := filepath.Join(t.TempDir(), "f")
	for _, name := range []string{"", "*", "a,b", "a b", "a\nb", "!a", "@a", "#a", "|1|a"} {
		if err := knownhosts.Record(path, name, 22, key, false); err == nil {
			t.Errorf("%q is recorded", name)
		}
	}
}

func TestRecordMakesFilesThatAreTheUsersOwn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "f")
	if err := knownhosts.Record(path, "web", 22, newEd25519(t).PublicKey(), true); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if content, _ := os.ReadFile(path); strings.Contains(string(content), "web") {
		t.Error("the name can be read")
	}
}

// Each Record opens the file for itself, as another process would.
func TestRecordAtOnceLosesNoLine(t *testing.T) {
	const hosts = 3
	const talk = 20_000 // which takes a while to read
	path := file(t, strings.Repeat("# much to read\n", talk))
	key := newEd25519(t).PublicKey()
	var group sync.WaitGroup
	for i := range hosts * 40 {
		group.Go(func() {
			if err := knownhosts.Record(path, fmt.Sprint("host", i%hosts), 22, key, false); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	content, _ := os.ReadFile(path)
	if got := strings.Count(string(content), "\n") - talk; got != hosts {
		t.Errorf("%d lines for %d hosts", got, hosts)
	}
}

func FuzzKnownHosts(f *testing.F) {
	key, other := newEd25519(f), newEd25519(f)
	f.Add(line("web", key), "web", 22)
	f.Add(line("@cert-authority *", key)+"\n@revoked", "web", 2222)
	f.Add(line(xknownhosts.HashHostname("web"), key), "web", 22)
	f.Add("|1||", "", -1)
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text, host string, port int) {
		path := filepath.Join(dir, "f")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if read(t, path, host, port).Check(other.PublicKey()) == nil {
			t.Error("a key that was never written is known")
		}
		if knownhosts.Record(path, host, port, other.PublicKey(), false) != nil {
			return
		}
		if err := read(t, path, host, port).Check(other.PublicKey()); err != nil {
			t.Errorf("a key that was recorded: %v", err)
		}
		if now, _ := os.ReadFile(path); !strings.HasPrefix(string(now), text) {
			t.Error("what was there has changed")
		}
	})
}
