//go:build unix

package sshdial_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/sshdial"
)

// program gives the path of a peer's program. Where it is missing the test is skipped,
// loudly, or fails if FARSIDE_REQUIRE names the peer.
func program(t testing.TB, peer, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		path, err = exec.LookPath(filepath.Join("/usr/sbin", name))
	}
	if err != nil {
		if strings.Contains(os.Getenv("FARSIDE_REQUIRE"), peer) {
			t.Fatalf("%s is required and missing", name)
		}
		t.Skipf("SKIPPED: no %s to compare with; install it", name)
	}
	return path
}

// A sshd is OpenSSH's server with a configuration of its own, whose user is the one
// who runs the test.
type sshd struct {
	home
	program string
	host    key
	port    int
}

// newSSHD writes what sshd needs, for a user with a key.
func newSSHD(t testing.TB, user key, config string) *sshd {
	t.Helper()
	d := &sshd{home: newHome(t), program: program(t, "sshd", "sshd"), host: newKey(t)}
	if os.Getuid() == 0 {
		if err := os.MkdirAll("/run/sshd", 0o755); err != nil {
			t.Fatal(err)
		}
	}
	d.save("host", d.host, "")
	d.write("authorized", user.line())
	d.write("sshd_config", strings.ReplaceAll(config+"\nHostKey DIR/host\nAuthorizedKeysFile DIR/authorized\nPidFile none\n"+
		"StrictModes no\nPermitRootLogin yes\nUsePAM no\nPasswordAuthentication no\nLogLevel VERBOSE\n", "DIR", d.path("")))
	return d
}

// daemon has it listen until the test ends. sshd starts itself by its whole path.
func (d *sshd) daemon() *sshd {
	d.Helper()
	d.port = closedPort(d)
	d.start(exec.Command(d.program, "-D", "-e", "-f", d.path("sshd_config"), "-p", fmt.Sprint(d.port), "-o", "ListenAddress=127.0.0.1"), d.port)
	return d
}

// start starts a server and waits until it listens. It ends with the test.
func (h home) start(cmd *exec.Cmd, port int) {
	h.Helper()
	cmd.Stdout, cmd.Stderr = farsidetest.Log(h, ""), farsidetest.Log(h, "")
	if err := cmd.Start(); err != nil {
		h.Fatal(err)
	}
	h.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	farsidetest.Eventually(h, func() bool {
		conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			conn.Close()
		}
		return err == nil
	}, "the server listens")
}

// inetd gives a dialer that starts an sshd -i for each connection.
func (d *sshd) inetd() func(context.Context, string, string) (net.Conn, error) {
	var work sync.WaitGroup
	d.Cleanup(work.Wait)
	return func(context.Context, string, string) (net.Conn, error) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer listener.Close()
		near, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			return nil, err
		}
		far, err := listener.Accept()
		if err != nil {
			return nil, err
		}
		file, err := far.(*net.TCPConn).File()
		far.Close()
		if err != nil {
			return nil, err
		}
		defer file.Close()
		cmd := exec.Command(d.program, "-i", "-e", "-f", d.path("sshd_config"))
		cmd.Stdin, cmd.Stdout, cmd.Stderr = file, file, farsidetest.Log(d, "")
		if err := cmd.Start(); err != nil {
			return nil, err
		}
		work.Go(func() { cmd.Wait() }) // ends when the other side closes
		return near, nil
	}
}

// meetSSHD gives the settings with which it lets in, and the user's home.
func meetSSHD(t testing.TB, user key, d *sshd, config string) (*sshdial.Settings, home) {
	t.Helper()
	h := newHome(t)
	h.save("id_ed25519", user, "")
	h.write("known_hosts", knownLine("127.0.0.1", d.port, d.host))
	name := run1(t, "id", "-un")
	return h.settings(fmt.Sprintf("%s@127.0.0.1:%d", name, d.port), config), h
}

// run1 gives the one line that a command prints.
func run1(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", name, err, out)
	}
	return strings.TrimSpace(string(out))
}

func TestSSHDRunsCommands(t *testing.T) {
	user := newKey(t)
	d := newSSHD(t, user, "").daemon()
	settings, _ := meetSSHD(t, user, d, "")
	c := open(t, settings)
	for command, want := range map[string]sshdial.Exit{"exit 3": {Status: 3}, "kill -TERM $$": {Status: 143, Signal: "TERM"}, "sh": {}} {
		s, err := c.Start(t.Context(), command)
		if err != nil {
			t.Fatal(err)
		}
		if _, exit := finish(t, s); exit != want {
			t.Errorf("%s: %+v", command, exit)
		}
	}
}

func TestSSHDOverAPairOfSockets(t *testing.T) {
	user := newKey(t)
	d := newSSHD(t, user, "")
	d.port = 22
	settings, _ := meetSSHD(t, user, d, "")
	settings.Dial = d.inetd()
	works(t, settings)
}

func TestSSHDRefusesAWrongKeyAndTooManyOfThem(t *testing.T) {
	user := newKey(t)
	d := newSSHD(t, user, "MaxAuthTries 2").daemon()
	settings, h := meetSSHD(t, user, d, "IdentityFile ~/.ssh/a\nIdentityFile ~/.ssh/b\nIdentityFile ~/.ssh/c")
	wrong := newKey(t)
	h.save("a", wrong, "")
	fails(t, settings, sshdial.StageAuthenticate, wrong.fingerprint(), "it takes publickey")
	h.save("b", newKey(t), "")
	h.save("c", user, "")
	fails(t, settings, sshdial.StageAuthenticate, "Too many authentication failures", "IdentitiesOnly yes")
}

func TestSSHDWithSeveralKeysIsKnownByAnyOfThem(t *testing.T) {
	user, other := newKey(t), newECDSA(t)
	d := newSSHD(t, user, "HostKey DIR/other")
	d.save("other", other, "")
	d.daemon()
	settings, h := meetSSHD(t, user, d, "")
	works(t, settings)
	h.write("known_hosts", knownLine("127.0.0.1", d.port, other))
	works(t, settings)
	run1(t, program(t, "sshd", "ssh-keygen"), "-H", "-f", h.path("known_hosts"))
	works(t, settings)
	h.write("known_hosts", knownLine("127.0.0.1", d.port, newKey(t)))
	fails(t, settings, sshdial.StageKey, d.host.fingerprint(), "in between")
}

// OpenSSH's own client takes what was recorded.
func TestWhatWasRecordedIsGoodForSSH(t *testing.T) {
	user := newKey(t)
	d := newSSHD(t, user, "").daemon()
	for _, hashed := range []string{"yes", "no"} {
		settings, h := meetSSHD(t, user, d, "HashKnownHosts "+hashed)
		h.write("known_hosts", "")
		settings.TrustNew = true
		works(t, settings)
		out := run1(t, program(t, "sshd", "ssh"), "-F", "none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes",
			"-o", "UserKnownHostsFile="+h.path("known_hosts"), "-i", h.path("id_ed25519"), "-p", fmt.Sprint(d.port), "127.0.0.1", "echo in")
		if out != "in" {
			t.Errorf("ssh said %q", out)
		}
	}
}

func TestKeysAndCertificatesOfSSHKeygen(t *testing.T) {
	keygen := program(t, "sshd", "ssh-keygen")
	for _, kind := range []string{"ed25519", "rsa", "ecdsa"} {
		d := newSSHD(t, newKey(t), "TrustedUserCAKeys DIR/ca.pub\nHostCertificate DIR/host-cert.pub")
		for _, name := range []string{"ca", "user"} {
			run1(t, keygen, "-q", "-t", kind, "-a", "1", "-N", map[string]string{"ca": "", "user": "secret"}[name], "-f", d.path(name))
		}
		d.write("host.pub", d.host.line())
		run1(t, keygen, "-q", "-s", d.path("ca"), "-I", "host", "-h", "-n", "127.0.0.1", d.path("host.pub"))
		run1(t, keygen, "-q", "-s", d.path("ca"), "-I", "user", "-n", run1(t, "id", "-un"), d.path("user.pub"))
		d.daemon()
		settings, h := meetSSHD(t, newKey(t), d, "IdentityFile "+d.path("user"))
		h.write("known_hosts", "@cert-authority * "+d.read("ca.pub"))
		settings.Prompt = answer(t, "secret")
		works(t, settings)
		settings.Prompt = nil
		fails(t, settings, sshdial.StageAuthenticate, d.path("user")+" is encrypted")
	}
}

func TestRealAgentSigns(t *testing.T) {
	user := newKey(t)
	d := newSSHD(t, user, "").daemon()
	settings, h := meetSSHD(t, user, d, "")
	socket := filepath.Join(h.dir, "a")
	cmd := exec.Command(program(t, "sshd", "ssh-agent"), "-D", "-a", socket)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	farsidetest.Eventually(t, func() bool {
		conn, err := net.Dial("unix", socket)
		if err == nil {
			conn.Close()
		}
		return err == nil
	}, "the agent listens")
	add := exec.CommandContext(t.Context(), program(t, "sshd", "ssh-add"), h.path("id_ed25519"))
	add.Env = append(os.Environ(), "SSH_AUTH_SOCK="+socket)
	if out, err := add.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := os.Remove(h.path("id_ed25519")); err != nil {
		t.Fatal(err)
	}
	settings = (&agentServer{path: socket}).use(settings)
	works(t, settings)
	cmd.Process.Kill()
	cmd.Wait()
	fails(t, settings, sshdial.StageAuthenticate, "the agent at "+socket+" does not answer")
}

func TestMaxSessionsIsTold(t *testing.T) {
	user := newKey(t)
	d := newSSHD(t, user, "MaxSessions 1").daemon()
	settings, _ := meetSSHD(t, user, d, "")
	c := open(t, settings)
	first, err := c.Start(t.Context(), "cat")
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Start(t.Context(), "true")
	wantError(t, err, sshdial.StageSession, "MaxSessions")
	if _, exit := finish(t, first); exit.Status != 0 {
		t.Errorf("the first: %+v", exit)
	}
}

func TestMaxStartupsIsTold(t *testing.T) {
	user := newKey(t)
	d := newSSHD(t, user, "MaxStartups 1\nLoginGraceTime 0").daemon()
	settings, _ := meetSSHD(t, user, d, "")
	farsidetest.Eventually(t, func() bool { // what start did is over
		c, err := sshdial.Open(t.Context(), settings)
		if err == nil {
			c.Close()
		}
		return err == nil
	}, "there is a place")
	farsidetest.Eventually(t, func() bool { return takesThePlace(t, d.port) }, "one waits")
	fails(t, settings, sshdial.StageHandshake, "MaxStartups")
}

// takesThePlace reports whether a connection that says nothing is one that a server counts,
// and not one that it sends away.
func takesThePlace(t *testing.T, port int) bool {
	t.Helper()
	waiting, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { waiting.Close() })
	greeting := make([]byte, len("SSH-"))
	io.ReadFull(waiting, greeting)
	return string(greeting) == "SSH-"
}

func TestJumpsThroughSSHDs(t *testing.T) {
	user := newKey(t)
	first, second, last := newSSHD(t, user, "").daemon(), newSSHD(t, user, "").daemon(), newSSHD(t, user, "").daemon()
	settings, h := meetSSHD(t, user, last, fmt.Sprintf("Host last\nHostName 127.0.0.1\nPort %d\nProxyJump first,second\n"+
		"Host first\nHostName 127.0.0.1\nPort %d\nHost second\nHostName 127.0.0.1\nPort %d\n", last.port, first.port, second.port))
	var known strings.Builder
	for _, d := range []*sshd{first, second, last} {
		known.WriteString(knownLine("127.0.0.1", d.port, d.host))
	}
	h.write("known_hosts", known.String())
	settings.Destination = "last"
	c := open(t, settings)
	if got := run(t, c, "echo $SSH_CONNECTION"); !strings.HasSuffix(got, fmt.Sprintf(" %d\n", last.port)) {
		t.Errorf("it ends at %s", got)
	}
	c.Close()
}

func TestJumpThatLetsNothingThroughIsTold(t *testing.T) {
	user := newKey(t)
	d := newSSHD(t, user, "AllowTcpForwarding no").daemon()
	settings, _ := meetSSHD(t, user, d, "Host last\nProxyJump "+fmt.Sprintf("127.0.0.1:%d", d.port))
	settings.Destination = "last"
	fails(t, settings, sshdial.StageDial, "AllowTcpForwarding", "ssh ")
}
