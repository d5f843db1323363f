package gateway_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/worker"
)

func init() {
	programs["read all"] = func(_ context.Context, job *worker.Job) (any, error) {
		data, err := io.ReadAll(job.Stdin)
		return string(data), err
	}
	programs["read a byte"] = func(_ context.Context, job *worker.Job) (any, error) {
		_, err := io.ReadFull(job.Stdin, make([]byte, 1))
		return nil, err
	}
	programs["read a byte, then wait"] = func(ctx context.Context, job *worker.Job) (any, error) {
		io.ReadFull(job.Stdin, make([]byte, 1))
		job.Channel.Send(ctx, "running")
		<-ctx.Done()
		return nil, nil
	}
	programs["wait for input"] = func(ctx context.Context, job *worker.Job) (any, error) {
		job.Channel.Send(ctx, "running")
		_, err := io.Copy(io.Discard, job.Stdin)
		return nil, err
	}
}

// reading is a program with a standard input.
func reading(name string, stdin io.Reader) *gateway.Program {
	program := gateway.Source(name)
	program.Stdin = stdin
	return program
}

// G12
func TestInputReachesTheProgram(t *testing.T) {
	for kind, gw := range map[string]*gateway.Gateway{"popen": open(t, "popen", nil), "in-process": inProcess(t, nil)} {
		for _, want := range []string{"", "a line\n", strings.Repeat("0123456789", 300_000)} {
			got, err := gateway.Call[string](t.Context(), gw, reading("read all", iotest.DataErrReader(strings.NewReader(want))))
			if err != nil || got != want {
				t.Errorf("%s: got %d bytes of %d, %v", kind, len(got), len(want), err)
			}
		}
		if got := call[string](t, gw, "read all"); got != "" {
			t.Errorf("%s: no Stdin, and it reads %q", kind, got)
		}
	}
}

// G12: what a program does not read is left for others.
func TestInputIsLeftToOthersByAProgramThatReadsNone(t *testing.T) {
	gw := inProcess(t, nil)
	stdin := iotest.ErrReader(errors.New("it was read"))
	if _, err := gateway.Call[any](t.Context(), gw, reading("nothing", stdin)); err != nil {
		t.Error(err)
	}
	if st := status(t, gw); st.Channels != 1 { // that of the request
		t.Errorf("%d channels are open", st.Channels)
	}
}

func TestErrorOfTheInputReachesTheProgram(t *testing.T) {
	gw := open(t, "popen", nil)
	stdin := io.MultiReader(strings.NewReader("data"), iotest.ErrReader(errors.New("the disk is gone")))
	_, err := gateway.Call[any](t.Context(), gw, reading("read all", stdin))
	if remote := (*gateway.RemoteError)(nil); !errors.As(err, &remote) || !strings.Contains(err.Error(), "the disk is gone") {
		t.Errorf("it ended with %v", err)
	}
}

// endless counts what was taken from it.
type endless struct{ taken atomic.Int64 }

func (e *endless) Read(p []byte) (int, error) {
	e.taken.Add(int64(len(p)))
	return len(p), nil
}

// G12
func TestInputIsNotReadFarAhead(t *testing.T) {
	gw := open(t, "popen", nil)
	stdin := new(endless)
	ch, err := gw.Exec(t.Context(), reading("read a byte, then wait", stdin))
	if err != nil {
		t.Fatal(err)
	}
	defer ch.Close()
	ch.Receive(t.Context())
	for range 200 { // time enough for far more than what is allowed
		status(t, gw)
	}
	if n := stdin.taken.Load(); n == 0 || n > 1<<20 {
		t.Errorf("%d bytes were read for one", n)
	}
}

// What one Program reads twice at once goes to either, and nothing is lost.
func TestInputOfOneProgramTwiceAtOnce(t *testing.T) {
	gw := open(t, "popen", nil)
	const size = 1 << 20
	program := reading("read all", strings.NewReader(strings.Repeat("x", size)))
	var got atomic.Int64
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			text, err := gateway.Call[string](t.Context(), gw, program)
			if err != nil {
				t.Error(err)
			}
			got.Add(int64(len(text)))
		})
	}
	wg.Wait()
	if got.Load() != size {
		t.Errorf("got %d bytes of %d", got.Load(), size)
	}
}

// The goroutine that is in Read ends when Read does; the leak test waits for that.
func TestProgramEndsWhileItsInputBlocks(t *testing.T) {
	gw := open(t, "popen", nil)
	stdin, feed := io.Pipe()
	defer feed.Close()
	go feed.Write([]byte("x"))
	if _, err := gateway.Call[any](t.Context(), gw, reading("read a byte", stdin)); err != nil {
		t.Error(err)
	}
}

// G5, G6, G8: a program that waits for input ends as any other.
func TestProgramThatWaitsForInputEnds(t *testing.T) {
	for how, end := range map[string]func(*gateway.Gateway, *channel.Channel){
		"cancel": func(_ *gateway.Gateway, ch *channel.Channel) { ch.Cancel(nil) },
		"close":  func(gw *gateway.Gateway, _ *channel.Channel) { gw.Close() },
		"kill":   func(gw *gateway.Gateway, _ *channel.Channel) { gw.Kill() },
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			gw := open(t, "popen", &gateway.Options{Grace: time.Hour})
			stdin, feed := io.Pipe()
			defer feed.Close()
			ch, err := gw.Exec(t.Context(), reading("wait for input", stdin))
			if err != nil {
				t.Fatal(err)
			}
			ch.Receive(t.Context())
			end(gw, ch)
			farsidetest.Within(t, time.Minute, "the end of the program", func() { ch.Receive(context.Background()) })
			if how == "cancel" && status(t, gw).Abandoned != 0 {
				t.Error("it was abandoned")
			}
		})
	}
}
