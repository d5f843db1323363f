package gateway_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// A sink keeps what is written to it and notes two writes at once, and writes
// that do not end a line.
type sink struct {
	writing sync.Mutex
	mixed   bool
	partial bool

	mu   sync.Mutex
	text bytes.Buffer
}

func (s *sink) Write(p []byte) (int, error) {
	if !s.writing.TryLock() {
		s.mu.Lock()
		s.mixed = true
		s.mu.Unlock()
		s.writing.Lock()
	}
	defer s.writing.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.partial = s.partial || !bytes.HasSuffix(p, []byte("\n"))
	return s.text.Write(p)
}

func (s *sink) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func (s *sink) check(t *testing.T) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mixed || s.partial {
		t.Errorf("two writes at once: %v; a write that ends in a line: %v", s.mixed, s.partial)
	}
}

// lines gives as many lines as printAll prints to one stream.
func lines(stream string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s %d\n", stream, i)
	}
	return b.String()
}

// G3, P12: the call has ended, so all of its output must be there.
func TestOutputIsCompleteWhenTheProgramEnds(t *testing.T) {
	kinds := map[string]func(*gateway.Options) *gateway.Gateway{
		"popen":      func(o *gateway.Options) *gateway.Gateway { return open(t, "popen", o) },
		"in-process": func(o *gateway.Options) *gateway.Gateway { return inProcess(t, o) },
	}
	for kind, open := range kinds {
		var out, errs sink
		gw := open(&gateway.Options{Stdout: &out, Stderr: &errs})
		call[any](t, gw, "print", 1000)
		if out.String() != lines("out", 1000)+"no end of line\n" || errs.String() != lines("err", 1000) {
			t.Errorf("%s: got %d and %d bytes", kind, len(out.String()), len(errs.String()))
		}
		out.check(t)
		errs.check(t)
	}
}

// G3
func TestOutputOfAProgramGoesToItsWriters(t *testing.T) {
	var all, own sink
	gw := open(t, "popen", &gateway.Options{Stdout: &all, Stderr: &all})
	program := gateway.Source("print")
	program.Stdout = &own
	if _, err := gateway.Call[any](t.Context(), gw, program, 100); err != nil {
		t.Fatal(err)
	}
	if own.String() != lines("out", 100)+"no end of line" { // as it came
		t.Errorf("its writer got %q", own.String())
	}
	if all.String() != lines("err", 100) {
		t.Errorf("the gateway's writer got %q", all.String())
	}
}

// One Program may run several times at once; its writer need not be safe for that.
func TestOutputOfOneProgramTwiceAtOnce(t *testing.T) {
	gw := open(t, "popen", nil)
	var own bytes.Buffer
	program := gateway.Source("print")
	program.Stdout, program.Stderr = &own, &own
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := gateway.Call[any](t.Context(), gw, program, 200); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if want := 8 * len(lines("out", 200)+lines("err", 200)+"no end of line"); own.Len() != want {
		t.Errorf("got %d bytes, want %d", own.Len(), want)
	}
}

func TestLinesOfProgramsDoNotMix(t *testing.T) {
	var all sink
	gw := open(t, "popen", &gateway.Options{Stdout: &all, Stderr: &all})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := gateway.Call[any](t.Context(), gw, gateway.Source("print"), 200); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	all.check(t)
	for line := range strings.Lines(all.String()) {
		var n int
		var stream string
		if _, err := fmt.Sscanf(line, "%s %d\n", &stream, &n); line != "no end of line\n" && (err != nil || stream != "out" && stream != "err") {
			t.Fatalf("a mixed line: %q", line)
		}
	}
}

// The default is our standard error, which is a pipe here.
func TestOutputIsTaggedByDefault(t *testing.T) {
	before := os.Stderr
	defer func() { os.Stderr = before }()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	os.Stderr = w
	gw, err := gateway.Open(t.Context(), "popen//id=the one", nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = gateway.Call[any](t.Context(), gw, gateway.Source("print"), 2)
	gw.Close()
	w.Close()
	got, _ := io.ReadAll(r)
	for _, want := range []string{"[the one] out 0\n", "[the one] out 1\n", "[the one] err 1\n", "[the one] no end of line\n"} {
		if err != nil || !strings.Contains(string(got), want) {
			t.Errorf("%v; no line %q in %q", err, want, got)
		}
	}
	if n := strings.Count(string(got), "\n"); n != strings.Count(string(got), "[the one] ") || n != 5 {
		t.Errorf("got %q", got)
	}
}

// What is printed at the end of the ctx is printed during Close.
func TestLastWordsDuringClose(t *testing.T) {
	for range 5 {
		var out sink
		gw := open(t, "popen", &gateway.Options{Stdout: &out})
		exec(t, gw, "print, then wait")
		eventually(t, func() bool { return strings.HasPrefix(out.String(), "ready\n") }, func() any { return out.String() })
		if err := gw.Close(); err != nil {
			t.Error(err)
		}
		if out.String() != "ready\nlast words\n" {
			t.Fatalf("got %q", out.String())
		}
	}
}

// A blocker is a writer that blocks until the test ends.
type blocker struct {
	reached chan struct{}
	once    sync.Once
	end     chan struct{}
}

func newBlocker(t *testing.T) *blocker {
	b := &blocker{reached: make(chan struct{}), end: make(chan struct{})}
	t.Cleanup(func() { close(b.end) })
	return b
}

func (b *blocker) Write(p []byte) (int, error) {
	b.once.Do(func() { close(b.reached) })
	<-b.end
	return len(p), nil
}

// failing is a writer that does not want the output.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("full") }

// G3
func TestBlockedWriterHoldsUpOnlyWhatPrints(t *testing.T) {
	t.Parallel()
	full := newBlocker(t)
	gw := open(t, "popen", &gateway.Options{Stdout: full, Stderr: full})
	exec(t, gw, "flood the writer")
	<-full.reached
	for i := range 50 {
		status(t, gw)
		if got := call[int](t, gw, "add", i, 1); got != i+1 {
			t.Fatal(got)
		}
	}
	var own sink
	program := gateway.Source("print")
	program.Stdout, program.Stderr = &own, &own
	if _, err := gateway.Call[any](t.Context(), gw, program, 10); err != nil {
		t.Error(err)
	}
}

// It is not the program's fault: it is stopped as any other that does not end.
func TestProgramHeldUpByAWriterCanBeCancelled(t *testing.T) {
	t.Parallel()
	full := newBlocker(t)
	gw := open(t, "popen", nil)
	for _, name := range []string{"flood the writer", "print"} {
		program := gateway.Source(name)
		program.Stdout = full
		ctx, cancel := context.WithCancel(t.Context())
		ch, err := gw.Exec(ctx, program, 1)
		if err != nil {
			t.Fatal(err)
		}
		<-full.reached
		ch.Cancel(nil)
		if item, err := ch.Receive(t.Context()); err == nil {
			t.Errorf("%s: got %v", name, item)
		}
		cancel()
	}
	noPrograms(t, gw)
}

// G6: Close bounds the wait for a writer by two seconds; several times that allows
// for a busy machine.
func TestBlockedWriterDoesNotHangClose(t *testing.T) {
	t.Parallel()
	full := newBlocker(t)
	gw := open(t, "popen", &gateway.Options{Stdout: full, Stderr: full, Grace: closeGrace})
	exec(t, gw, "flood the writer")
	<-full.reached
	farsidetest.Within(t, closeBound, "close", func() { gw.Close() })
}

// A dawdler is a writer that is not through when the gateway has ended, but soon
// after.
type dawdler struct {
	gw      chan *gateway.Gateway
	reached chan struct{}
	once    sync.Once
	inside  atomic.Int32
}

func newDawdler() *dawdler {
	return &dawdler{gw: make(chan *gateway.Gateway, 1), reached: make(chan struct{})}
}

func (d *dawdler) Write(p []byte) (int, error) {
	d.inside.Add(1)
	defer d.inside.Add(-1)
	d.once.Do(func() {
		close(d.reached)
		<-(<-d.gw).Done()
		time.Sleep(400 * time.Millisecond) // longer than the rest of a Close that does not wait for it
	})
	return len(p), nil
}

// G6: after Close the writers belong to the caller again.
func TestNothingIsWrittenAfterClose(t *testing.T) {
	t.Parallel()
	for name, source := range map[string]string{"raw": "print raw, then wait", "by a program": "print, then wait"} {
		t.Run(name, func(t *testing.T) {
			if programs[source] == nil {
				t.Skip("not on this system")
			}
			late := newDawdler()
			gw := open(t, "popen", &gateway.Options{Stdout: late})
			exec(t, gw, source)
			<-late.reached
			late.gw <- gw
			if err := gw.Kill(); err != nil {
				t.Error(err)
			}
			if late.inside.Load() > 0 {
				t.Error("it is still written to")
			}
		})
	}
}

func TestFailingWriterDoesNotHangTheProgram(t *testing.T) {
	gw := open(t, "popen", &gateway.Options{Stdout: failing{}})
	ch := exec(t, gw, "flood the writer")
	if _, err := ch.Receive(t.Context()); err == nil || errors.Is(err, gateway.ErrLost) {
		t.Errorf("got %v", err)
	}
	call[int](t, gw, "pid")
}
