package farside_test

import (
	"io"
	"net"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// turns counts how often the near side speaks after the far side has.
type turns struct {
	mu     sync.Mutex
	count  int
	farWas bool
	spoke  chan struct{} // closed when the near side has spoken for the first time
}

func (c *turns) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count, c.farWas, c.spoke = 1, true, make(chan struct{}) // to connect is the first
}

// note notes who speaks. What the server says unasked arrives on a real line when the
// near side has long spoken.
func (c *turns) note(far bool) {
	if far {
		<-c.spoke
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !far && c.farWas {
		c.count++
		if c.count == 2 {
			close(c.spoke)
		}
	}
	c.farWas = far
}

func (c *turns) get() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.count
}

// pass copies one direction, and notes it.
func (c *turns) pass(to io.WriteCloser, from io.Reader, far bool) {
	defer to.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		if n > 0 {
			c.note(far)
			to.Write(buf[:n])
		}
		if err != nil {
			return
		}
	}
}

// listenAs lets a host be reached at a port, behind a line that counts.
func listenAs(t *testing.T, dir string, c *turns) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var serving sync.WaitGroup
	t.Cleanup(func() { l.Close(); serving.Wait() })
	serving.Go(func() { // ends with the listener
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			serving.Go(func() { c.serve(conn, filepath.Join(dir, "sshd_config")) }) // ends with the connection
		}
	})
	_, port, _ := net.SplitHostPort(l.Addr().String())
	farsidetest.EditHost(t, dir, "config", func(text string) string {
		return regexp.MustCompile(`ProxyCommand .*`).ReplaceAllString(text, "HostName 127.0.0.1\nHostKeyAlias far\nPort "+port)
	})
}

// serve has a server of its own serve a connection.
func (c *turns) serve(conn net.Conn, config string) {
	cmd := exec.Command("/usr/sbin/sshd", "-i", "-f", config)
	in, _ := cmd.StdinPipe()
	out, _ := cmd.StdoutPipe()
	c.reset()
	cmd.Start()
	var up sync.WaitGroup
	up.Go(func() { c.pass(in, conn, false) }) // ends with the connection
	c.pass(conn, out, true)
	up.Wait()
	cmd.Wait()
}

// SSH takes ten: to connect, two for its versions and algorithms, one for the keys, one to
// be asked who comes, three to be told, one for a session and one for its command, whose
// answer is stage zero's. docs/ssh.md lists them.
func TestWarmOpenTakesThreeRoundTripsMoreThanSSH(t *testing.T) {
	const most = 10 + 3
	dir, c := farsidetest.NewHost(t), &turns{}
	listenAs(t, dir, c)
	counted := 0
	for range 10 { // what both say at the same time may be counted as turns
		gw, err := gateway.Open(t.Context(), "ssh=far//ssh_config="+filepath.Join(dir, "config"), farsidetest.Options(t, nil))
		if err != nil {
			t.Fatal(err)
		}
		_, err = gateway.Call[int](t.Context(), gw, gateway.Source("return 1"))
		counted = c.get()
		gw.Close()
		if err != nil {
			t.Fatal(err)
		}
		if counted <= most {
			return
		}
	}
	t.Errorf("a first result took %d round trips, want %d", counted, most)
}
