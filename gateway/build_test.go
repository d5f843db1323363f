package gateway_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
)

// builtSource has one function for all that the tests of this file need, so that one program
// is compiled for them.
const builtSource = `
package far

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"github.com/farside-go/farside/channel"
)

func Far(ctx context.Context, ch *channel.Channel, what string, n int) error {
	switch what {
	case "increment":
		for item, err := range ch.All(ctx) {
			if err != nil {
				return err
			}
			if err := ch.Send(ctx, item.(int)+n); err != nil {
				return err
			}
		}
		return nil
	case "fail":
		return fmt.Errorf("out of cheese: %w", os.ErrNotExist)
	case "print":
		for i := range n {
			fmt.Printf("out %d\n", i)
			fmt.Fprintf(os.Stderr, "err %d\n", i)
		}
		fmt.Print("no end of line")
		return nil
	case "read":
		lines := bufio.NewScanner(os.Stdin)
		for lines.Scan() {
			if err := ch.Send(ctx, lines.Text()); err != nil {
				return err
			}
		}
		return lines.Err()
	case "many":
		for i := range n {
			if err := ch.Send(ctx, make([]byte, 64<<10)); err != nil {
				return fmt.Errorf("item %d: %w", i, err)
			}
		}
		return nil
	case "many on another":
		other, err := ch.Mux().New(ctx)
		if err == nil {
			err = ch.Send(ctx, other)
		}
		for range n {
			if err == nil {
				err = other.Send(ctx, make([]byte, 64<<10))
			}
		}
		if err == nil {
			err = other.Close()
		}
		return err
	case "exit":
		fmt.Fprintln(os.Stderr, "leaving")
		os.Exit(n)
	case "panic in a goroutine":
		go func() { panic("the roof is on fire") }()
		select {}
	case "out of memory":
		syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: 1 << 30, Max: 1 << 30})
		for {
			hoard = append(hoard, make([]byte, 64<<20))
		}
	case "kill":
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	case "leave a child":
		child := exec.Command("sleep", "1000")
		child.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
		if err := child.Start(); err != nil {
			return err
		}
		if err := ch.Send(ctx, child.Process.Pid); err != nil || n == 0 {
			return err
		}
		ch.Receive(ctx)
		os.Exit(n)
	case "go on":
		ch.Send(ctx, os.Getpid())
		select {}
	case "go on after TERM":
		asked := make(chan os.Signal, 1)
		signal.Notify(asked, syscall.SIGTERM)
		ch.Send(ctx, os.Getpid())
		fmt.Println(<-asked)
		select {}
	}
	return errors.New("what?")
}

var hoard [][]byte
`

func built() *gateway.Program { return gateway.BuildSource(builtSource, nil) }

// execBuilt is Exec that must not fail; the channel is closed with the test.
func execBuilt(t testing.TB, gw *gateway.Gateway, program *gateway.Program, what string, n int) *channel.Channel {
	t.Helper()
	ch, err := gw.Exec(t.Context(), program, what, n)
	if err != nil {
		t.Fatalf("exec %s: %v", what, err)
	}
	t.Cleanup(func() { ch.Close() })
	return ch
}

// wantEnd receives to the end and wants nothing before it.
func wantEnd(t testing.TB, ch *channel.Channel) error {
	t.Helper()
	item, err := ch.Receive(t.Context())
	if err == nil {
		t.Fatalf("an item came where the end was to: %v", item)
	}
	return err
}

func TestBuiltProgramSpeaksOnItsChannel(t *testing.T) {
	gw := open(t, "popen", nil)
	ch := execBuilt(t, gw, built(), "increment", 3)
	if err := ch.Send(t.Context(), 39); err != nil {
		t.Fatal(err)
	}
	if got, err := channel.Receive[int](t.Context(), ch); got != 42 || err != nil {
		t.Fatalf("got %v, %v", got, err)
	}
	if st := status(t, gw); st.Running != 1 {
		t.Errorf("while it runs the status is %+v", st)
	}
	ch.CloseSend()
	if err := wantEnd(t, ch); err != io.EOF {
		t.Errorf("it ended with %v", err)
	}
	eventually(t, func() bool { return status(t, gw).Running == 0 }, func() any { return status(t, gw) })
}

func TestErrorOfABuiltProgramIsItsEnd(t *testing.T) {
	gw := open(t, "popen", nil)
	err := wantEnd(t, execBuilt(t, gw, built(), "fail", 0))
	if _, remote := errors.AsType[*gateway.RemoteError](err); !remote || err.Error() != "out of cheese: file does not exist" {
		t.Errorf("it ended with %#v", err)
	}
}

// All that it printed is there when its end is seen.
func TestOutputOfABuiltProgramComesBeforeItsEnd(t *testing.T) {
	gw := open(t, "popen", nil)
	var stdout, stderr bytes.Buffer
	program := built()
	program.Stdout, program.Stderr = &stdout, &stderr
	const n = 2000
	if err := wantEnd(t, execBuilt(t, gw, program, "print", n)); err != io.EOF {
		t.Fatal(err)
	}
	if got := stdout.String(); strings.Count(got, "\n") != n || !strings.HasSuffix(got, "\nno end of line") {
		t.Errorf("stdout: %d lines, and at the end %q", strings.Count(got, "\n"), got[max(0, len(got)-40):])
	}
	if got := stderr.String(); strings.Count(got, "\n") != n {
		t.Errorf("stderr: %d lines", strings.Count(got, "\n"))
	}
}

// A blockingWriter says when it is written to, and goes on when it may.
type blockingWriter struct {
	entered, may chan struct{}
	once         sync.Once
	bytes.Buffer
}

func (w *blockingWriter) Write(p []byte) (int, error) {
	w.once.Do(func() { close(w.entered) })
	<-w.may
	return w.Buffer.Write(p)
}

// The one who prints it is slow.
func TestEndOfABuiltProgramWaitsForItsOutput(t *testing.T) {
	gw := open(t, "popen", nil)
	stdout := &blockingWriter{entered: make(chan struct{}), may: make(chan struct{})}
	program := built()
	program.Stdout = stdout
	ch := execBuilt(t, gw, program, "print", 10)
	<-stdout.entered
	for range 100 { // the end has time to come
		status(t, gw)
	}
	if ch.Err() != nil {
		t.Errorf("it has ended with %v", ch.Err())
	}
	close(stdout.may)
	if err := wantEnd(t, ch); err != io.EOF || !strings.HasSuffix(stdout.String(), "\nno end of line") {
		t.Errorf("it ended with %v and had printed %q", err, stdout.String())
	}
}

func TestBuiltProgramReadsItsStandardInput(t *testing.T) {
	gw := open(t, "popen", nil)
	program := built()
	program.Stdin = strings.NewReader("one\ntwo\n")
	ch := execBuilt(t, gw, program, "read", 0)
	for _, want := range []string{"one", "two"} {
		if got, err := channel.Receive[string](t.Context(), ch); got != want || err != nil {
			t.Fatalf("it read %q, %v; want %q", got, err, want)
		}
	}
	if err := wantEnd(t, ch); err != io.EOF {
		t.Error(err)
	}
}

// It has returned when they are received, and not all of them fit on the way.
func TestItemsOfABuiltProgramThatHasEndedArrive(t *testing.T) {
	gw := open(t, "popen", &gateway.Options{Grace: time.Millisecond})
	const n = 11 // of 64 KiB: more than the 512 that are taken in, less than can be queued besides
	ch := execBuilt(t, gw, built(), "many", n)
	<-ch.Done()
	for range 100 { // whoever ends its process has time to do it
		status(t, gw)
	}
	for i := range n {
		if _, err := ch.Receive(t.Context()); err != nil {
			t.Fatalf("after %d items: %v", i, err)
		}
	}
	if err := wantEnd(t, ch); err != io.EOF {
		t.Errorf("it ended with %v", err)
	}
}

// The same of a channel that it made, which ends with it.
func TestItemsOfAChannelThatABuiltProgramMadeArrive(t *testing.T) {
	gw := open(t, "popen", &gateway.Options{Grace: time.Millisecond})
	const n = 11
	ch := execBuilt(t, gw, built(), "many on another", n)
	other, err := channel.Receive[*channel.Channel](t.Context(), ch)
	if err != nil {
		t.Fatal(err)
	}
	<-ch.Done()
	for range 100 {
		status(t, gw)
	}
	for i := range n {
		if _, err := other.Receive(t.Context()); err != nil {
			t.Fatalf("after %d items: %v", i, err)
		}
	}
	if err := wantEnd(t, other); err != io.EOF {
		t.Errorf("it ended with %v", err)
	}
}

func TestBuildErrorIsTheCompilers(t *testing.T) {
	gw := open(t, "popen", nil)
	_, err := gw.Exec(t.Context(), gateway.BuildSource("return undefined", nil))
	failed, ok := errors.AsType[*gateway.BuildError](err)
	if !ok || !strings.Contains(err.Error(), "source.go:1:8: undefined: undefined") {
		t.Errorf("got %#v, %v", failed, err)
	}
}

func TestCallOfABuiltProgramGivesItsResult(t *testing.T) {
	gw := open(t, "popen", nil)
	got, err := gateway.Call[[]int](t.Context(), gw, gateway.BuildSource("return args", nil), 1, 2)
	if len(got) != 2 || got[1] != 2 || err != nil {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestBuiltProgramEndsWithItsGateway(t *testing.T) {
	gw := open(t, "popen", nil)
	ch := execBuilt(t, gw, built(), "increment", 1)
	if err := gw.Close(); err != nil {
		t.Error(err)
	}
	if _, err := ch.Receive(t.Context()); err == nil {
		t.Error("its channel lives")
	}
	if _, err := gw.Exec(t.Context(), built(), "fail", 0); !errors.Is(err, gateway.ErrClosed) {
		t.Errorf("another one: %v", err)
	}
}
