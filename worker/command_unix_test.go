//go:build unix

package worker_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/farsidetest"
)

// news is what a worker tells of a command, in the words of the protocol.
type news struct {
	PID       int            `cbor:"pid"`
	Signalled bool           `cbor:"signalled"`
	Error     error          `cbor:"error"`
	End       map[string]any `cbor:"end"`
}

func tell(t *testing.T, ch *channel.Channel) news {
	t.Helper()
	told, err := channel.Receive[news](t.Context(), ch)
	if err != nil {
		t.Fatal(err)
	}
	return told
}

// P21
func TestCommandAsTheProtocolSays(t *testing.T) {
	n := serve(t, nil)
	var stdin, both [2]*channel.Channel
	for _, ends := range []*[2]*channel.Channel{&stdin, &both} {
		var err error
		if ends[0], err = n.New(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	script := `trap "echo signal" USR1; trap "exit 5" TERM; echo $1 $A; pwd >&2; read line; echo $line; cat; exec 2>/dev/null; while :; do sleep 0.01; done`
	ch := n.ask(t, "command", map[string]any{
		"path": "sh", "args": []any{"sh", "-c", script, "x", "one"}, "env": []any{"A=two"}, "dir": "/", "grace": time.Minute,
		"stdin": stdin[0], "stdout": both[0], "stderr": both[0],
	})
	if told := tell(t, ch); told.PID == 0 || told.End != nil {
		t.Errorf("it tells %+v", told)
	}
	say := func(want string) {
		t.Helper()
		got := ""
		for len(got) < len(want) {
			data, err := channel.Receive[[]byte](t.Context(), both[0])
			if err != nil {
				t.Fatal(err)
			}
			got += string(data)
		}
		if got != want {
			t.Errorf("it prints %q, want %q", got, want)
		}
	}
	say("one two\n/\n")
	if err := stdin[0].Send(t.Context(), []byte("in\nrest\n")); err != nil {
		t.Fatal(err)
	}
	stdin[0].CloseSend()
	say("in\nrest\n")
	for _, name := range []string{"USR1", "NONE"} {
		ch.Send(t.Context(), name)
		if told := tell(t, ch); !told.Signalled || (told.Error == nil) != (name == "USR1") {
			t.Errorf("%s: it tells %+v", name, told)
		}
	}
	say("signal\n")
	ch.Cancel(errors.New("enough"))
	if told := tell(t, ch); told.End["code"] != 5 || told.End["signal"] != nil {
		t.Errorf("it tells %+v", told)
	}
	if err := end(t, ch); err != io.EOF {
		t.Errorf("it ended with %v", err)
	}
	if data, err := both[0].Receive(t.Context()); err != io.EOF {
		t.Errorf("its output ended with %v, %v", data, err)
	}
}

// P21
func TestCommandThatCannotStart(t *testing.T) {
	n := serve(t, nil)
	out, err := n.New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ch := n.ask(t, "command", map[string]any{"path": "/no/such", "args": []any{}, "env": nil, "grace": 0, "stdout": out})
	if err := end(t, ch); err == io.EOF || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("it ended with %v", err)
	}
	if _, err := out.Receive(t.Context()); err != io.EOF {
		t.Errorf("its output ended with %v", err)
	}
	if err := end(t, n.ask(t, "command", 7)); !strings.Contains(err.Error(), "worker: command: the request") {
		t.Errorf("a bad request ended with %v", err)
	}
}

// What the near side does not take must not keep a command that was ended.
func TestCommandWithoutReaderEndsAfterItsGrace(t *testing.T) {
	gw := farsidetest.InProcess(t, nil, nil)
	ctx, cancel := context.WithCancel(t.Context())
	c := gw.Command(ctx, "sh", "-c", `trap "" TERM PIPE; yes & echo running >&2; wait`)
	c.WaitDelay = time.Millisecond
	if _, err := c.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	errs, err := c.StderrPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(errs, make([]byte, len("running"))); err != nil {
		t.Fatal(err)
	}
	for range 100 { // time for more than is under way
		if _, err := gw.Status(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	cancel()
	if err := c.Wait(); !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	farsidetest.Eventually(t, func() bool {
		st, err := gw.Status(t.Context())
		return err == nil && st.Running == 0
	}, "it counts as running for ever")
}

func TestTerminatedWorkerTakesNoCommand(t *testing.T) {
	n := serve(t, nil)
	n.ask(t, "terminate", time.Minute).Receive(t.Context())
	err := end(t, n.ask(t, "command", map[string]any{"path": "true", "args": []any{}, "env": nil, "grace": 0}))
	if err == nil || !strings.Contains(err.Error(), "terminated") {
		t.Errorf("it ended with %v", err)
	}
}
