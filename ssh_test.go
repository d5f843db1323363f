package farside_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

// sshd gives the spec of a host whose server is OpenSSH's: one for each connection, at
// the other end of two pipes, with keys that were made for it. Without an sshd the test
// is skipped, loudly.
func sshd(t testing.TB) (spec string) {
	t.Helper()
	program, err := exec.LookPath("/usr/sbin/sshd")
	if err != nil {
		if strings.Contains(os.Getenv("FARSIDE_REQUIRE"), "sshd") {
			t.Fatal("sshd is required and missing")
		}
		t.Skip("SKIPPED: there is no sshd; install openssh-server")
	}
	if os.Getuid() == 0 {
		if err := os.MkdirAll("/run/sshd", 0o755); err != nil {
			t.Fatal(err)
		}
	}
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	host, own := sshKey(t, dir, "host"), sshKey(t, dir, "own")
	write := func(name, text string) {
		t.Helper()
		text = strings.ReplaceAll(text, "DIR", dir)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("authorized", own)
	write("known", "far "+host)
	write("sshd_config", "HostKey DIR/host\nAuthorizedKeysFile DIR/authorized\nPidFile none\nStrictModes no\n"+
		"PermitRootLogin yes\nUsePAM no\nPasswordAuthentication no\nPermitUserEnvironment no\nLogLevel ERROR\n")
	write("config", fmt.Sprintf("Host far\nUser %s\nProxyCommand %s -i -f DIR/sshd_config\nIdentityFile DIR/own\nIdentitiesOnly yes\n"+
		"UserKnownHostsFile DIR/known\nGlobalKnownHostsFile none\n", me.Username, program))
	return "ssh=far//ssh_config=" + filepath.Join(dir, "config")
}

// sshKey writes a private key and gives the line of the public one.
func sshKey(t testing.TB, dir, name string) (line string) {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	public, err := ssh.NewPublicKey(private.Public())
	if err != nil {
		t.Fatal(err)
	}
	return string(ssh.MarshalAuthorizedKey(public))
}
