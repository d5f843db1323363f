package farside_test

import (
	"context"
	"crypto/ed25519"
	"encoding/pem"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// sshd gives the spec of a host whose server is OpenSSH's: one for each connection, at
// the other end of two pipes, with keys that were made for it.
func sshd(t testing.TB) (spec string) {
	t.Helper()
	return "ssh=far//ssh_config=" + filepath.Join(farsidetest.NewHost(t), "config")
}

// wantOpenError wants an Open that failed at a stage, and says why.
func wantOpenError(t *testing.T, err error, stage string, words ...string) {
	t.Helper()
	failed, ok := errors.AsType[*gateway.OpenError](err)
	if !ok || failed.Stage != stage {
		t.Fatalf("got %v, want it to fail at the stage %q", err, stage)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%v does not say %q", err, word)
		}
	}
}

// S3
func TestSSHHostThatIsNotKnown(t *testing.T) {
	dir := farsidetest.NewHost(t)
	spec := "ssh=far//ssh_config=" + filepath.Join(dir, "config")
	key, err := os.ReadFile(filepath.Join(dir, "known"))
	if err != nil {
		t.Fatal(err)
	}
	public, _, _, _, err := ssh.ParseAuthorizedKey([]byte(strings.TrimPrefix(string(key), "far ")))
	if err != nil {
		t.Fatal(err)
	}
	fingerprint := ssh.FingerprintSHA256(public)
	farsidetest.EditHost(t, dir, "known", func(string) string { return "far " + farsidetest.SSHKey(t, t.TempDir(), "other") })
	_, err = gateway.Open(t.Context(), spec, nil)
	wantOpenError(t, err, gateway.StageKey, fingerprint, filepath.Join(dir, "known"))
	farsidetest.EditHost(t, dir, "known", func(string) string { return "" })
	_, err = gateway.Open(t.Context(), spec, nil)
	wantOpenError(t, err, gateway.StageKey, fingerprint)
	for _, trusting := range []string{spec + "//trust=first-use", spec} {
		gw, err := gateway.Open(t.Context(), trusting, farsidetest.Options(t, nil))
		if err != nil {
			t.Fatal(err)
		}
		gw.Close()
	}
}

func TestSSHKeyThatIsNotLetIn(t *testing.T) {
	dir := farsidetest.NewHost(t)
	farsidetest.EditHost(t, dir, "authorized", func(string) string { return farsidetest.SSHKey(t, t.TempDir(), "other") })
	_, err := gateway.Open(t.Context(), "ssh=far//ssh_config="+filepath.Join(dir, "config"), nil)
	wantOpenError(t, err, gateway.StageAuthenticate)
}

func TestSSHWithoutAShell(t *testing.T) {
	dir := farsidetest.NewHost(t)
	farsidetest.EditHost(t, dir, "sshd_config", func(text string) string { return text + "ForceCommand echo no shell for you; exit 3\n" })
	_, err := gateway.Open(t.Context(), "ssh=far//ssh_config="+filepath.Join(dir, "config"), nil)
	wantOpenError(t, err, gateway.StageShell, "no shell for you")
}

func TestSSHKeyWithAPassphrase(t *testing.T) {
	dir := farsidetest.NewHost(t)
	farsidetest.EditHost(t, dir, "own", func(text string) string {
		raw, err := ssh.ParseRawPrivateKey([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		block, err := ssh.MarshalPrivateKeyWithPassphrase(*raw.(*ed25519.PrivateKey), "", []byte("open sesame"))
		if err != nil {
			t.Fatal(err)
		}
		return string(pem.EncodeToMemory(block))
	})
	spec := "ssh=far//ssh_config=" + filepath.Join(dir, "config")
	_, err := gateway.Open(t.Context(), spec, nil)
	wantOpenError(t, err, gateway.StageAuthenticate, filepath.Join(dir, "own"))
	opts := farsidetest.Options(t, nil)
	opts.Prompt = func(_ context.Context, p *gateway.Prompt) ([]string, error) {
		if p.Kind != gateway.PromptPassphrase || len(p.Questions) != 1 || p.Questions[0].Echo {
			t.Errorf("asked %+v", p)
		}
		return []string{"open sesame"}, nil
	}
	gw, err := gateway.Open(t.Context(), spec, opts)
	if err != nil {
		t.Fatal(err)
	}
	gw.Close()
}

// The program that runs over there is another user's.
func TestSSHThenSudo(t *testing.T) {
	farsidetest.Peer(t, "sudo", "sudo")
	gw := farsidetest.Gateway(t, sshd(t)+"//sudo=nobody//ephemeral", nil)
	name, err := gateway.Call[string](t.Context(), gw, gateway.Source(`
		u, err := user.Current()
		if err != nil {
			return err
		}
		return u.Username`))
	if name != "nobody" || err != nil {
		t.Errorf("it is %q, %v", name, err)
	}
}

// The connection is dialled by the hop, and SSH is spoken from here.
func TestSSHViaAGateway(t *testing.T) {
	dir := farsidetest.NewHost(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() { // ends with the listener
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			file, _ := conn.(*net.TCPConn).File()
			conn.Close()
			cmd := exec.Command("/usr/sbin/sshd", "-i", "-f", filepath.Join(dir, "sshd_config"))
			cmd.Stdin, cmd.Stdout = file, file
			cmd.Run()
			file.Close()
		}
	}()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	farsidetest.EditHost(t, dir, "config", func(text string) string {
		return regexp.MustCompile(`ProxyCommand .*`).ReplaceAllString(text, "HostName 127.0.0.1\nHostKeyAlias far\nPort "+port)
	})
	group := &gateway.Group{}
	defer group.Close()
	if _, err := group.Open(t.Context(), "popen//id=hop", farsidetest.Options(t, nil)); err != nil {
		t.Fatal(err)
	}
	gw, err := group.Open(t.Context(), "ssh=far//via=hop//ephemeral//ssh_config="+filepath.Join(dir, "config"), farsidetest.Options(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	got, err := gateway.Call[string](t.Context(), gw, gateway.Source(`return os.Getenv("SSH_CONNECTION")`))
	if err != nil || !strings.HasSuffix(got, " "+port) {
		t.Errorf("the far side's connection is %q, %v", got, err)
	}
}

// G7
func TestSSHFarSideEndsWithItsConnection(t *testing.T) {
	gw := farsidetest.Gateway(t, sshd(t)+"//ephemeral", nil)
	pid, err := gateway.Call[int](t.Context(), gw, gateway.Source(`
		cmd := exec.Command("setsid", "sleep", "1000")
		if err := cmd.Start(); err != nil {
			return err
		}
		return cmd.Process.Pid`))
	if err != nil {
		t.Fatal(err)
	}
	gw.Kill()
	farsidetest.Eventually(t, func() bool { return !farsidetest.Alive(pid) && !farsidetest.Alive(gw.Info().PID) }, "something is left")
}
