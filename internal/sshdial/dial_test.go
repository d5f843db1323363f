package sshdial_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"github.com/farside-go/farside/internal/sshauth"
	"github.com/farside-go/farside/internal/sshdial"
)

// closedPort gives a port at which nothing listens.
func closedPort(t testing.TB) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

func TestRefusedPortIsAFailedDial(t *testing.T) {
	h := newHome(t)
	destination := fmt.Sprintf("me@127.0.0.1:%d", closedPort(t))
	fails(t, h.settings(destination, ""), sshdial.StageDial, destination, "refused")
}

func TestUnknownNameIsAFailedResolve(t *testing.T) {
	settings := newHome(t).settings("me@host", "HostName none-such.invalid")
	settings.Dial = func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "none-such.invalid", IsNotFound: true}}
	}
	fails(t, settings, sshdial.StageResolve, "none-such.invalid")
}

func TestMistakesOfTheConfigurationAreFailedResolves(t *testing.T) {
	h := newHome(t)
	fails(t, h.settings("host", "Port x"), sshdial.StageResolve, h.path("config")+":1")
	fails(t, h.settings("host:0", ""), sshdial.StageResolve, `"0" is no port`)
	fails(t, h.settings("", ""), sshdial.StageResolve, "names no host")
}

func TestDestinations(t *testing.T) {
	for destination, want := range map[string]string{
		"h": "deflt@h:9", "u@h": "u@h:9", "h:7": "deflt@h:7", "a@b@h:7": "a@b@h:7", "[::1]:7": "deflt@[::1]:7", "::1": "deflt@[::1]:9",
		"[::1]": "deflt@[::1]:9", "ssh://u@h:7/": "u@h:7", "h:": "", "h:x": "", "@h": "", "u@": "", "h:65536": "", "-oProxyCommand=x": "",
		"a;b": "", "u$(x)@h": "", "a b": "", "u@`x`": "", "h\n": "", "[::1": "",
	} {
		settings := newHome(t).settings(destination, "Port 9\nUser deflt")
		dialled := errors.New("dialled")
		settings.Dial = func(context.Context, string, string) (net.Conn, error) { return nil, dialled }
		_, err := sshdial.Open(t.Context(), settings)
		staged, _ := errors.AsType[*sshdial.Error](err)
		switch {
		case want == "" && staged.Stage != sshdial.StageResolve:
			t.Errorf("%q: %v", destination, err)
		case want != "" && (!errors.Is(err, dialled) || staged.Host != want):
			t.Errorf("%q: %v, want %s", destination, err, want)
		}
	}
}

func TestDialIsAskedForTheConfiguredAddress(t *testing.T) {
	for family, want := range map[string]string{"any": "tcp", "inet": "tcp4", "inet6": "tcp6"} {
		s, h := newServer(t, nil), newHome(t)
		settings := h.meet(s, "HostName far.example\nPort 7\nHostKeyAlias far\nAddressFamily "+family)
		settings.Destination = "me@alias"
		h.write("known_hosts", knownLine("far", 22, s.host))
		settings.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			if network != want || address != "far.example:7" {
				t.Errorf("dials %s %s", network, address)
			}
			return new(net.Dialer).DialContext(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", s.port))
		}
		works(t, settings)
	}
}

// blackHole gives a server that does what serve does, and a ctx that ends when it has
// come as far as it calls reached.
func blackHole(t *testing.T, serve func(s *server, conn net.Conn, reached func())) (*server, context.Context, error) {
	ctx, cancel := context.WithCancelCause(t.Context())
	enough := errors.New("enough waited")
	s := newServer(t, nil)
	hole := &server{t: t, user: s.user, host: s.host, config: s.config, accepted: make(chan net.Conn, 1)}
	hole.listen(func(conn net.Conn) {
		serve(hole, conn, func() { cancel(enough) })
		io.Copy(io.Discard, conn) // until the other side closes
	})
	return hole, ctx, enough
}

func TestBlackHoleNamesItsStage(t *testing.T) {
	for _, c := range []struct {
		stage string
		serve func(s *server, conn net.Conn, reached func())
		words string
	}{
		{sshdial.StageHandshake, func(_ *server, conn net.Conn, reached func()) {
			bufio.NewReader(conn).ReadString('\n')
			reached()
		}, "does not speak SSH"},
		{sshdial.StageHandshake, func(_ *server, conn net.Conn, reached func()) {
			io.WriteString(conn, "SSH-2.0-hole\r\n")
			bufio.NewReader(conn).ReadString('\n')
			reached()
		}, "does not speak SSH"},
		{sshdial.StageAuthenticate, func(s *server, conn net.Conn, reached func()) {
			s.config.PublicKeyCallback = func(ssh.ConnMetadata, ssh.PublicKey) (*ssh.Permissions, error) {
				reached()
				io.Copy(io.Discard, conn)
				return nil, io.EOF
			}
			ssh.NewServerConn(conn, s.config)
		}, "not finished"},
	} {
		s, ctx, enough := blackHole(t, c.serve)
		settings := newHome(t).meet(s, "")
		if err := failsIn(t, ctx, settings, c.stage, c.words, s.destination()); !errors.Is(err, enough) {
			t.Errorf("error %v", err)
		}
	}
}

func TestBlackHoleInTheDialNamesItsStage(t *testing.T) {
	settings := newHome(t).settings("me@host", "")
	ctx, cancel := context.WithCancel(t.Context())
	settings.Dial = func(ctx context.Context, _, _ string) (net.Conn, error) {
		cancel()
		<-ctx.Done()
		return nil, ctx.Err()
	}
	failsIn(t, ctx, settings, sshdial.StageDial, "no connection")
}

func TestConnectTimeoutEndsABlackHole(t *testing.T) {
	s, _, _ := blackHole(t, func(*server, net.Conn, func()) {})
	fails(t, newHome(t).meet(s, "ConnectTimeout 1"), sshdial.StageHandshake, "ConnectTimeout", "1s")
}

// The person takes longer than the server may.
func TestConnectTimeoutDoesNotBoundThePerson(t *testing.T) {
	s, h := newServer(t, takesPassword), newHome(t)
	settings := h.meet(s, "ConnectTimeout 1")
	elsewhere, _, _ := blackHole(t, func(*server, net.Conn, func()) {})
	settings.Prompt = answer(t, "secret")
	slow := *settings
	slow.Prompt = nil
	ask := settings.Prompt
	settings.Prompt = func(ctx context.Context, p *sshauth.Prompt) ([]string, error) {
		slow.Destination = elsewhere.destination() // whose time-out is as long, and begins later
		fails(t, &slow, sshdial.StageHandshake, "ConnectTimeout")
		return ask(ctx, p)
	}
	works(t, settings)
}

func TestServerThatClosesIsToldWithItsWords(t *testing.T) {
	for _, c := range []struct{ says, words string }{
		{"", "without a word"},
		{"Exceeded MaxStartups\r\n", `it said: "Exceeded MaxStartups"`},
		{"HTTP/1.1 400 Bad Request\r\n\r\n", "does not speak SSH"},
		{"Go away.\nSSH-2.0-x\r\n", "before it showed its key"},
	} {
		s := &server{t: t, user: newKey(t), host: newKey(t), accepted: make(chan net.Conn, 1)}
		s.listen(func(conn net.Conn) {
			bufio.NewReader(conn).ReadString('\n') // what is unread would reset the connection
			io.WriteString(conn, c.says)
			conn.(*net.TCPConn).CloseWrite()
			io.Copy(io.Discard, conn)
			conn.Close()
		})
		fails(t, newHome(t).meet(s, ""), sshdial.StageHandshake, c.words)
	}
}

// The server is cut off at each byte that it sends, until one is enough.
func TestServerThatDropsInTheMiddleLeavesNothing(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	settings := h.meet(s, "")
	for limit := int64(0); ; limit += 97 {
		settings.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := new(net.Dialer).DialContext(ctx, network, address)
			return &cutConn{Conn: conn, left: limit}, err
		}
		c, err := sshdial.Open(t.Context(), settings)
		if err == nil {
			c.Close()
			if limit < 500 {
				t.Errorf("opened after %d bytes", limit)
			}
			return
		}
		if _, ok := errors.AsType[*sshdial.Error](err); !ok {
			t.Errorf("after %d bytes: %v", limit, err)
		}
	}
}

// A cutConn ends after some bytes.
type cutConn struct {
	net.Conn
	left int64
}

func (c *cutConn) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, io.EOF
	}
	n, err := c.Conn.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}

func TestJumpsGoThroughEachHost(t *testing.T) {
	first, second, last := newServer(t, nil), newServer(t, nil), newServer(t, nil)
	h := newHome(t)
	for name, s := range map[string]*server{"k1": first, "k2": second, "k3": last} {
		h.save(name, s.user, "")
	}
	h.write("known_hosts", first.known()+second.known()+last.known())
	hosts := fmt.Sprintf("Host a\nPort %d\nIdentityFile ~/.ssh/k1\nHost b\nPort %d\nIdentityFile ~/.ssh/k2\nHost c\nPort %d\nIdentityFile ~/.ssh/k3\n",
		first.port, second.port, last.port)
	common := "Host *\nHostName 127.0.0.1\nUser me\n"
	for _, way := range []string{
		"Host c\nProxyJump a,b\n",
		"Host c\nProxyJump b\nHost b\nProxyJump a\n",
		"Host c\nProxyJump a,b\nHost b\nProxyJump none-such.invalid\n",                   // the way to b is given
		fmt.Sprintf("Host c\nProxyJump ssh://you@a,b:%d\nHost a\nHost b\n", second.port), // in other words
	} {
		works(t, h.settings("c", way+hosts+common))
		for _, s := range []*server{first, second, last} {
			if len(s.accepted) != 1 {
				t.Errorf("%q: %d connections to one of the hosts", way, len(s.accepted))
			}
			for len(s.accepted) > 0 {
				<-s.accepted
			}
		}
	}
}

// The end of one is the end of all behind it, and they notice it at the same time.
func TestHopThatEndsIsNamed(t *testing.T) {
	for which := range 3 {
		var hops []*server
		var known, jumps string
		user := newKey(t)
		for range 3 {
			s := newServer(t, func(s *server) { s.user = user })
			hops = append(hops, s)
			known += s.known()
		}
		jumps = hops[0].destination() + "," + hops[1].destination()
		h := newHome(t)
		h.save("id_ed25519", user, "")
		h.write("known_hosts", known)
		c := open(t, h.settings("me@last", "Host last\nHostName 127.0.0.1\nPort "+fmt.Sprint(hops[2].port)+"\nProxyJump "+jumps))
		hops[which].drop()
		<-c.Done()
		if err := c.Err(); !strings.HasPrefix(err.Error(), "ssh "+hops[which].destination()+": ") {
			t.Errorf("the end of hop %d, %s, is told as %v", which, hops[which].destination(), err)
		}
	}
}

func TestJumpThatFailsIsNamed(t *testing.T) {
	jump, h := newServer(t, nil), newHome(t)
	port := closedPort(t)
	settings := h.meet(jump, fmt.Sprintf("Host c\nHostName 127.0.0.1\nPort %d\nUser you\nProxyJump %s", port, jump.destination()))
	settings.Destination = "c"
	fails(t, settings, sshdial.StageDial, fmt.Sprintf("ssh you@127.0.0.1:%d: ", port), "from "+jump.destination(), "refused")
	h.save("id_ed25519", newKey(t), "")
	fails(t, settings, sshdial.StageAuthenticate, "ssh "+jump.destination()+": ")
}

func TestJumpsInACircleAreNamed(t *testing.T) {
	h := newHome(t)
	for _, config := range []string{"Host a\nProxyJump b\nHost b\nProxyJump c\nHost c\nProxyJump a", "Host a\nProxyJump b\nHost b\nProxyJump a,c"} {
		fails(t, h.settings("me@a", "Host *\nUser me\n"+config), sshdial.StageResolve, "circle", "me@a:22 -> me@b:22", "-> me@a:22")
	}
	fails(t, h.settings("me@a", "ProxyJump x%h"), sshdial.StageResolve, "x%h")
	var endless strings.Builder
	for i := range 40 {
		fmt.Fprintf(&endless, "Host h%d\nProxyJump h%d\n", i, i+1)
	}
	fails(t, h.settings("h0", endless.String()), sshdial.StageResolve, "more than 32 hosts")
}

// proxyLine is a configuration's line that has this binary connect to an address.
func proxyLine(t testing.TB) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("ProxyCommand env %s=%%h:%%p %s", proxyTo, self)
}

func TestProxyCommandThatFailsIsToldInItsWords(t *testing.T) {
	h := newHome(t)
	fails(t, h.settings("me@h", "ProxyCommand sh -c 'echo no way to %h:%p for %r >&2; exit 7'"), sshdial.StageHandshake,
		"ProxyCommand sh", "exit status 7", "no way to h:22 for me")
	fails(t, h.settings("me@h", "ProxyCommand true"), sshdial.StageHandshake, "ProxyCommand true ended")
	fails(t, h.settings("me@h", "ProxyCommand none-such-command"), sshdial.StageHandshake, "none-such-command", "not found")
}

func TestProxyCommandThatEndsLaterIsToldInItsWords(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	line := strings.TrimPrefix(proxyLine(t), "ProxyCommand ")
	c := open(t, h.meet(s, "ProxyCommand sh -c '"+line+"; echo the tunnel broke >&2; exit 9'"))
	s.drop()
	<-c.Done()
	if text := c.Err().Error(); !strings.Contains(text, "the tunnel broke") || !strings.Contains(text, "exit status 9") {
		t.Errorf("error %s", text)
	}
}

func TestProxyCommandDoesNotGoAroundAnotherDialer(t *testing.T) {
	settings := newHome(t).settings("me@h", "ProxyCommand true")
	settings.Dial = func(context.Context, string, string) (net.Conn, error) { return nil, errors.New("dialled") }
	fails(t, settings, sshdial.StageDial, "ProxyCommand none")
}

func TestWhatIsNotHonouredIsLogged(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	settings := h.meet(s, "PKCS11Provider /lib/p.so\nRemoteCommand top\nStrictHostKeyChecking no\nControlMaster auto\nForwardAgent yes")
	var log bytes.Buffer
	settings.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	works(t, settings)
	for _, word := range []string{"pkcs11provider", "remotecommand", "StrictHostKeyChecking no is not honoured", "where=" + h.path("config") + ":1 "} {
		if !strings.Contains(log.String(), word) {
			t.Errorf("nothing of %s in\n%s", word, &log)
		}
	}
	for _, word := range []string{"controlmaster", "forwardagent"} {
		if strings.Contains(log.String(), word) {
			t.Errorf("%s is a warning in\n%s", word, &log)
		}
	}
}
