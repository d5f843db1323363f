package stdio_test

import (
	"io"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/farside-go/farside/internal/stdio"
)

// funcWriter is of a type that cannot be compared.
type funcWriter func([]byte) (int, error)

func (w funcWriter) Write(p []byte) (int, error) { return w(p) }

// entered notes a Write that begins while another has not ended.
type entered struct {
	inside  atomic.Int32
	atOnce  atomic.Bool
	reached chan struct{} // receives when a Write has begun
	leave   chan struct{} // lets a Write end
}

func (w *entered) Write(p []byte) (int, error) {
	if w.inside.Add(1) > 1 {
		w.atOnce.Store(true)
	}
	w.reached <- struct{}{}
	<-w.leave
	w.inside.Add(-1)
	return len(p), nil
}

// A writer that is given for both streams is written to by one at a time.
func TestPrinterLocksOneWriterForBothStreams(t *testing.T) {
	to := &entered{reached: make(chan struct{}, 4), leave: make(chan struct{})}
	p := stdio.NewPrinter(to, to, "")
	ended := make(chan struct{}, 4)
	for range 2 {
		for _, lines := range []*stdio.LineWriter{p.Stdout(), p.Stderr()} {
			go func() { // ends with the writes
				lines.Write([]byte("a line\n"))
				ended <- struct{}{}
			}()
		}
	}
	for range 4 {
		<-to.reached
		to.leave <- struct{}{}
		<-ended
	}
	if to.atOnce.Load() {
		t.Error("two writes at once")
	}
}

// Two writers do not wait for each other.
func TestPrinterDoesNotMixUpTwoWriters(t *testing.T) {
	blocked := &entered{reached: make(chan struct{}, 1), leave: make(chan struct{})}
	var other writes
	p := stdio.NewPrinter(blocked, &other, "")
	go p.Stdout().Write([]byte("out\n")) // ends with leave
	<-blocked.reached
	p.Stderr().Write([]byte("err\n"))
	close(blocked.leave)
	if got := strings.Join(other.all, ""); got != "err\n" {
		t.Errorf("standard error got %q", got)
	}
}

func TestPrinterTakesWritersThatCannotBeCompared(t *testing.T) {
	var got writes
	p := stdio.NewPrinter(funcWriter(got.Write), funcWriter(got.Write), "")
	p.Stdout().Write([]byte("out\n"))
	p.Stderr().Write([]byte("err\n"))
	if text := strings.Join(got.all, ""); text != "out\nerr\n" {
		t.Errorf("got %q", text)
	}
}

// Only what goes to our own standard error is tagged.
func TestPrinterTagsByDefault(t *testing.T) {
	before := os.Stderr
	defer func() { os.Stderr = before }()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	os.Stderr = w
	var given writes
	p := stdio.NewPrinter(nil, &given, "[x] ")
	p.Stdout().Write([]byte("out\n"))
	p.Stderr().Write([]byte("err\n"))
	w.Close()
	if text, _ := io.ReadAll(r); string(text) != "[x] out\n" || strings.Join(given.all, "") != "err\n" {
		t.Errorf("got %q and %q", text, given.all)
	}
}
