package relay_test

import (
	"context"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/relay"
)

// roleVariable makes the test binary the worker of a relay. The roles are set by the
// files that use them.
const roleVariable = "FARSIDE_RELAY_ROLE"

var roles = map[string]func() int{}

func TestMain(m *testing.M) {
	if role := os.Getenv(roleVariable); role != "" {
		os.Exit(roles[role]())
	}
	farsidetest.Main(m)
}

// hangs bounds what must happen anyway: a test that passes never waits for it.
const hangs = 30 * time.Second

func patiently(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), hangs)
	t.Cleanup(cancel)
	return ctx
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantError(t testing.TB, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want an error with %q", err, want)
	}
}

// printed is where a Conn prints. While it is held nothing is printed.
type printed struct {
	hold sync.Mutex
	mu   sync.Mutex
	text map[byte]string
}

func (p *printed) print(stream byte, b []byte) {
	p.hold.Lock()
	defer p.hold.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.text == nil {
		p.text = map[byte]string{}
	}
	p.text[stream] += string(b)
}

func (p *printed) get(stream byte) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text[stream]
}

// A peer is the other end of a Conn, made of parts.
type peer struct {
	*relay.Writer
	conn net.Conn
}

// connPair gives a Conn and its other end, which both end with the test.
func connPair(t testing.TB, print func(stream byte, p []byte)) (*relay.Conn, *peer) {
	t.Helper()
	here, there := net.Pipe()
	c := relay.NewConn(here, relay.Buffered(here), func() { here.Close() }, print)
	t.Cleanup(func() {
		there.Close()
		c.End(patiently(t))
	})
	return c, &peer{relay.NewWriter(there), there}
}

// drain reads what the Conn says, so that it is not held up, and gives all of it
// at the end.
func (p *peer) drain() <-chan string {
	all := make(chan string, 1)
	go func() { // ends with the pipe
		text, _ := io.ReadAll(p.conn)
		all <- string(text)
	}()
	return all
}

const ended = "farside 1 exit=3 signal= words=last\n" // as an end record says it
