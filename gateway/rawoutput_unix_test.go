//go:build unix

package gateway_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	osexec "os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/worker"
)

func init() {
	// writes raw to both descriptors and through a child
	programs["print raw"] = func(ctx context.Context, _ *worker.Job) (any, error) {
		for fd, name := range map[int]string{1: "out", 2: "err"} {
			if err := writeRaw(fd, []byte("raw "+name+"\n")); err != nil {
				return nil, err
			}
		}
		fmt.Println("through fmt")
		cmd := osexec.CommandContext(ctx, "/bin/sh", "-c", "echo child out; echo child err >&2")
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		return nil, cmd.Run()
	}
	programs["print raw, then wait"] = func(ctx context.Context, _ *worker.Job) (any, error) {
		err := writeRaw(1, []byte("here\n"))
		<-ctx.Done()
		return nil, err
	}
	// looks like the wire's own bytes
	programs["print what looks like frames"] = func(context.Context, *worker.Job) (any, error) {
		for range 100 {
			if err := writeRaw(1, []byte("\x00\x01\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00farside 1\n")); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}
	// writes so many MiB in lines that no buffer's end falls between
	programs["flood raw"] = func(_ context.Context, job *worker.Job) (any, error) {
		lines := bytes.Repeat([]byte("x"), 1<<20)
		for i := 999; i < len(lines); i += 1000 {
			lines[i] = '\n'
		}
		lines[len(lines)-1] = '\n'
		for range arg[int](job, 0) {
			if err := writeRaw(1, lines); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}
	programs["flood through a child"] = func(ctx context.Context, job *worker.Job) (any, error) {
		job.Channel.Send(ctx, "running")
		cmd := osexec.CommandContext(ctx, "/bin/cat", "/dev/zero")
		cmd.Stdout = os.Stdout
		return nil, cmd.Run()
	}
}

// writeRaw is the write system call, repeated until all is written. Far code may
// rely on the descriptors' being ordinary, so EAGAIN is an error.
func writeRaw(fd int, data []byte) error {
	for len(data) > 0 {
		n, err := syscall.Write(fd, data)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return fmt.Errorf("write to descriptor %d: %w", fd, err)
		}
		data = data[n:]
	}
	return nil
}

// G3
func TestRawOutputComesBackByLines(t *testing.T) {
	var out, errs sink
	gw := open(t, "popen", &gateway.Options{Stdout: &out, Stderr: &errs})
	call[any](t, gw, "print raw")
	const wantOut, wantErr = "raw out\nthrough fmt\nchild out\n", "raw err\nchild err\n"
	eventually(t, func() bool { return out.String() == wantOut && errs.String() == wantErr },
		func() any { return out.String() + "|" + errs.String() })
	out.check(t)
	errs.check(t)
}

// G3
func TestRawOutputIsLive(t *testing.T) {
	var out sink
	gw := open(t, "popen", &gateway.Options{Stdout: &out})
	exec(t, gw, "print raw, then wait")
	eventually(t, func() bool { return out.String() == "here\n" }, func() any { return out.String() })
}

func TestRawOutputIsCompleteAfterClose(t *testing.T) {
	t.Parallel()
	for range 2 {
		var out sink
		gw := open(t, "popen", &gateway.Options{Stdout: &slow{to: &out}})
		call[any](t, gw, "print what looks like frames")
		gw.Close()
		if n := strings.Count(out.String(), "farside 1\n"); n != 100 {
			t.Fatalf("%d lines of 100 came back", n)
		}
	}
}

// slow is a writer that takes its time, but does not block.
type slow struct{ to io.Writer }

func (s *slow) Write(p []byte) (int, error) {
	for line := range bytes.Lines(p) {
		if _, err := s.to.Write(line); err != nil {
			return 0, err
		}
		syscall.Select(0, nil, nil, nil, &syscall.Timeval{Usec: 3000})
	}
	return len(p), nil
}

// G3
func TestRawOutputNeverReachesTheWire(t *testing.T) {
	gw := open(t, "popen", &gateway.Options{Stdout: io.Discard})
	for i := range 20 {
		call[any](t, gw, "print what looks like frames")
		if got := call[int](t, gw, "add", i, 1); got != i+1 {
			t.Fatal(got)
		}
	}
}

// counter counts bytes.
type counter struct{ n atomic.Int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.n.Add(int64(len(p)))
	return len(p), nil
}

// G3
func TestFloodOfOutputBlocksNeitherItemsNorControl(t *testing.T) {
	mib := 1 << 10
	if testing.Short() {
		mib = 64
	}
	var out counter
	gw := open(t, "popen", &gateway.Options{Stdout: &out})
	items := exec(t, gw, "increment")
	flood := exec(t, gw, "flood raw", mib)
	rounds := 0
	for flood.Err() == nil && rounds < 500 {
		status(t, gw)
		if err := items.Send(t.Context(), rounds); err != nil {
			t.Fatal(err)
		}
		if got, err := items.Receive(t.Context()); err != nil || got != rounds+1 {
			t.Fatal(got, err)
		}
		rounds++
	}
	if _, err := flood.Receive(t.Context()); err != io.EOF {
		t.Fatal(err)
	}
	if rounds < 10 {
		t.Errorf("only %d items went there and back meanwhile", rounds)
	}
	if err := gw.Close(); err != nil {
		t.Error(err)
	}
	if want := int64(mib) << 20; out.n.Load() != want {
		t.Errorf("%d bytes came back, want %d", out.n.Load(), want)
	}
	t.Logf("%d items there and back during %d MiB of output", rounds, mib)
}

// Nobody takes the output, but what prints it must not wait for that.
func TestRawFloodToAFailingWriter(t *testing.T) {
	gw := open(t, "popen", &gateway.Options{Stdout: failing{}})
	call[any](t, gw, "flood raw", 1)
	call[int](t, gw, "pid")
}

func TestFloodToABlockedWriter(t *testing.T) {
	t.Parallel()
	full := newBlocker(t)
	gw := open(t, "popen", &gateway.Options{Stdout: full, Stderr: full, Grace: closeGrace})
	running(t, gw, "flood through a child")
	<-full.reached
	exec(t, gw, "flood raw", 64)
	for i := range 50 {
		if st := status(t, gw); i > 0 && st.Running < 1 {
			t.Fatalf("status %+v", st)
		}
		if got := call[int](t, gw, "add", i, 1); got != i+1 {
			t.Fatal(got)
		}
	}
	closeWithin(t, gw, closeBound)
}
