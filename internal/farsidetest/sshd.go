package farsidetest

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

// Peer gives the path of a program that a test needs. Where it is missing the test is
// skipped, loudly, or fails if FARSIDE_REQUIRE names it.
func Peer(t testing.TB, name, path string) string {
	t.Helper()
	found, err := exec.LookPath(path)
	if err != nil {
		if strings.Contains(os.Getenv("FARSIDE_REQUIRE"), name) {
			t.Fatalf("%s is required and missing", name)
		}
		t.Skipf("SKIPPED: there is no %s", path)
	}
	return found
}

// NewHost makes a folder with all that OpenSSH's server and its user need: the user's
// configuration, in which the host is called far, is config; the server's sshd_config.
func NewHost(t testing.TB) (dir string) {
	t.Helper()
	program := Peer(t, "sshd", "/usr/sbin/sshd")
	if os.Getuid() == 0 {
		if err := os.MkdirAll("/run/sshd", 0o755); err != nil {
			t.Fatal(err)
		}
	}
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	host, own := SSHKey(t, dir, "host"), SSHKey(t, dir, "own")
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
		"PermitRootLogin yes\nUsePAM no\nPasswordAuthentication no\nPermitUserEnvironment no\nLogLevel ERROR\n"+
		"SetEnv XDG_CACHE_HOME="+os.Getenv("XDG_CACHE_HOME")+" GORACE="+os.Getenv("GORACE")+"\n")
	write("config", fmt.Sprintf("Host far\nUser %s\nProxyCommand %s -i -f DIR/sshd_config\nIdentityFile DIR/own\nIdentitiesOnly yes\n"+
		"UserKnownHostsFile DIR/known\nGlobalKnownHostsFile none\n", me.Username, program))
	return dir
}

// SSHKey writes a private key and gives the line of the public one.
func SSHKey(t testing.TB, dir, name string) (line string) {
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

// EditHost changes a file of a host.
func EditHost(t testing.TB, dir, name string, change func(text string) string) {
	t.Helper()
	path := filepath.Join(dir, name)
	text, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, []byte(change(string(text))), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
