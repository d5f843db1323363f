package bootstrap_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/farside-go/farside/bootstrap"
	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/pin"
	"github.com/farside-go/farside/worker"
)

// modeVariable makes the test binary something else than the tests: a near side or a
// server that is killed. See the functions in modes.
const modeVariable = "FARSIDE_BOOTSTRAP_TEST"

// modes are set by the files that use them.
var modes = map[string]func(args []string) error{}

// The test binary is the far side. Its engine knows Go functions by name.
func TestMain(m *testing.M) {
	worker.MainWith(func() *worker.Options { return &worker.Options{Engine: engine{}} })
	if mode := os.Getenv(modeVariable); mode != "" {
		if err := modes[mode](os.Args[1:]); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	farsidetest.Main(m)
}

// programs are what the far side runs for a source text.
var programs = map[string]func(context.Context, *worker.Job) (any, error){
	"pid": func(context.Context, *worker.Job) (any, error) { return os.Getpid(), nil },
	"wait": func(ctx context.Context, job *worker.Job) (any, error) {
		job.Channel.Send(ctx, "running")
		<-ctx.Done()
		return nil, nil
	},
}

type engine struct{}

func (engine) Run(ctx context.Context, job *worker.Job) (any, error) {
	if program := programs[job.Source]; program != nil {
		return program(ctx, job)
	}
	return nil, fmt.Errorf("no program %q", job.Source)
}

func (engine) Import(string, fs.FS) error { return errors.New("nothing is imported here") }

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// self is the test binary.
func self(t testing.TB) string {
	t.Helper()
	path, err := os.Executable()
	check(t, err)
	return path
}

// A running server is one under test, in this process.
type running struct {
	*bootstrap.Server
	at    net.Addr
	spec  string
	store string
	log   *text
	end   chan error // gives what Serve returned
}

// serve starts a server at loopback that ends with the test.
func serve(t testing.TB, opts *bootstrap.Options) *running {
	t.Helper()
	return serveAt(t, "127.0.0.1:0", opts)
}

// serveAt starts a server that has the worker of the tests, where opts do not say
// otherwise, so that it need not be sent. Its log must not hold its token. S4
func serveAt(t testing.TB, address string, opts *bootstrap.Options) *running {
	t.Helper()
	r := &running{log: &text{}, end: make(chan error, 1)}
	var o bootstrap.Options
	if opts != nil {
		o = *opts
	}
	if o.Store == "" {
		o.Store = filepath.Join(t.TempDir(), "workers")
	}
	switch o.Worker {
	case "":
		o.Worker = self(t)
	case "none":
		o.Worker = ""
	}
	r.store = o.Store
	o.Logger = slog.New(slog.NewTextHandler(r.log, nil))
	var err error
	r.Server, err = bootstrap.NewServer(&o)
	check(t, err)
	l, err := bootstrap.Listen(address)
	check(t, err)
	r.at, r.spec = l.Addr(), r.Spec(l.Addr())
	go func() { r.end <- r.Serve(l) }() // ends with the server
	t.Cleanup(func() {
		check(t, r.Close())
		<-r.Done()
		t.Log(r.log)
		if token := r.token(); token != "" && strings.Contains(r.log.String(), token) {
			t.Error("the log holds the token")
		}
	})
	return r
}

// token is what the server's spec holds.
func (r *running) token() string {
	_, token, _ := strings.Cut(r.spec, "//token=")
	return token
}

// without is the server's spec without the token.
func (r *running) without() string {
	spec, _, _ := strings.Cut(r.spec, "//token=")
	return spec
}

// awaitLog waits until the log says a word.
func (r *running) awaitLog(t testing.TB, word string) {
	t.Helper()
	farsidetest.Eventually(t, func() bool { return strings.Contains(r.log.String(), word) }, "the log does not say %q", word)
}

// stillServes makes sure that the server goes on.
func (r *running) stillServes(t testing.TB) {
	t.Helper()
	gw, err := gateway.Open(t.Context(), r.spec, farsidetest.Options(t, nil))
	check(t, err)
	pid := call[int](t, gw, "pid")
	if pid != gw.Info().PID {
		t.Errorf("the program ran in process %d, and the worker is %d", pid, gw.Info().PID)
	}
	check(t, gw.Close())
}

// dial gives a connection to the server on which nothing was said.
func (r *running) dial(t testing.TB) net.Conn {
	t.Helper()
	return r.dialFrom(t, nil)
}

func (r *running) dialFrom(t testing.TB, from net.IP) net.Conn {
	t.Helper()
	dialer := net.Dialer{Timeout: patience}
	if from != nil {
		dialer.LocalAddr = &net.TCPAddr{IP: from}
	}
	conn, err := dialer.DialContext(t.Context(), r.at.Network(), r.at.String())
	check(t, err)
	check(t, conn.SetDeadline(time.Now().Add(patience)))
	t.Cleanup(func() { conn.Close() })
	return conn
}

// patience bounds a hang. It is no promise, and generous for a busy machine.
const patience = 30 * time.Second

// secure shakes hands with the server.
func secure(t testing.TB, conn net.Conn) *tls.Conn {
	t.Helper()
	secured := tls.Client(conn, pin.Client(func(string) error { return nil }, nil))
	check(t, secured.Handshake())
	return secured
}

// open opens a gateway that ends with the test.
func open(t testing.TB, spec string, opts *gateway.Options) *gateway.Gateway {
	t.Helper()
	return farsidetest.Gateway(t, spec, opts)
}

// wantRefused opens what cannot be opened, and wants the error to tell the stage and
// all the words, and no secret.
func wantRefused(t testing.TB, spec, stage string, words ...string) *gateway.OpenError {
	t.Helper()
	gw, err := gateway.Open(t.Context(), spec, farsidetest.Options(t, nil))
	if err == nil {
		gw.Kill()
	}
	var failed *gateway.OpenError
	if !errors.As(err, &failed) {
		t.Fatalf("open gives %v", err)
	}
	if failed.Stage != stage {
		t.Errorf("the stage is %q, not %q: %v", failed.Stage, stage, err)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("the error does not say %q: %v", word, err)
		}
	}
	if _, token, ok := strings.Cut(spec, "//token="); ok {
		if token, _, _ = strings.Cut(token, "//"); strings.Contains(err.Error(), token) {
			t.Errorf("the error tells the token: %v", err)
		}
	}
	return failed
}

// call is gateway.Call that must not fail.
func call[R any](t testing.TB, gw *gateway.Gateway, name string) R {
	t.Helper()
	result, err := gateway.Call[R](t.Context(), gw, gateway.Source(name))
	check(t, err)
	return result
}

// exec is Exec of a program, of which the first item is awaited.
func exec(t testing.TB, gw *gateway.Gateway, name string) (ch *channel.Channel, first any) {
	t.Helper()
	ch, err := gw.Exec(t.Context(), gateway.Source(name))
	check(t, err)
	first, err = ch.Receive(t.Context())
	check(t, err)
	return ch, first
}

// A text is written by some goroutines and read by others.
type text struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (w *text) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.Write(p)
}

func (w *text) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.String()
}

func isLost(err error) bool { return errors.Is(err, gateway.ErrLost) }

func (w *text) reset() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.buf = bytes.Buffer{}
}

func isTimeout(err error) bool {
	timeout, ok := err.(net.Error)
	return ok && timeout.Timeout()
}
