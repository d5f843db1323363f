//go:build unix

package gateway_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	osexec "os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// sh is a command that runs a script. It is killed with the test.
func sh(t *testing.T, gw *gateway.Gateway, script string, args ...string) *gateway.Cmd {
	return gw.Command(t.Context(), "sh", append([]string{"-c", script, "script"}, args...)...)
}

// G15: the same command, at home and over there.
func TestCommandIsAsAtHome(t *testing.T) {
	dir := t.TempDir()
	notExecutable := filepath.Join(dir, "file")
	if err := os.WriteFile(notExecutable, []byte("#!/bin/sh\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		argv  []string
		stdin string
		env   []string
		dir   string
	}{
		{argv: []string{"echo", "a b", "", "'c'"}},
		{argv: []string{"cat"}},
		{argv: []string{"cat"}, stdin: "two\nlines"},
		{argv: []string{"cat"}, stdin: strings.Repeat("0123456789", 30_000)},
		{argv: []string{"sh", "-c", "exit 3"}},
		{argv: []string{"sh", "-c", "echo out; echo err >&2; echo out; exit 1"}},
		{argv: []string{"sh", "-c", "kill -TERM $$"}},
		{argv: []string{"sh", "-c", "kill -KILL $$"}},
		{argv: []string{"sh", "-c", "head -c 1000000 /dev/zero; exec >&-; exit 2"}},
		{argv: []string{"sh", "-c", "exec cat <&-"}},
		{argv: []string{"/bin/pwd"}, dir: dir},
		{argv: []string{"env"}, env: []string{"A=1", "B=two words", "A=3"}},
		{argv: []string{"env"}, env: []string{}},
		{argv: []string{"sh", "-c", "echo $HOME"}},
		{argv: []string{"no-such-command"}},
		{argv: []string{"/no/such/command"}},
		{argv: []string{"true"}, dir: "/no/such/folder"},
		{argv: []string{notExecutable}},
		{argv: []string{dir}},
	}
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		for _, c := range cases {
			here := osexec.CommandContext(t.Context(), c.argv[0], c.argv[1:]...)
			there := gw.Command(t.Context(), c.argv[0], c.argv[1:]...)
			here.Env, there.Env, here.Dir, there.Dir = c.env, c.env, c.dir, c.dir
			if c.stdin != "" {
				here.Stdin, there.Stdin = strings.NewReader(c.stdin), strings.NewReader(c.stdin)
			}
			want, wantErr := here.CombinedOutput()
			got, err := there.CombinedOutput()
			if c.env != nil { // the far side's own mark is in it
				got, _, _ = bytes.Cut(got, []byte("FARSIDE_TREE="))
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%q: it prints %.200q, want %.200q", c.argv, got, want)
			}
			if there, here := ending(err), ending(wantErr); there != here {
				t.Errorf("%q: it ends with %s, want %s", c.argv, there, here)
			}
			if code := there.ProcessState.ExitCode(); code != here.ProcessState.ExitCode() {
				t.Errorf("%q: exit status %d, want %d", c.argv, code, here.ProcessState.ExitCode())
			}
		}
	})
}

// ending says how a command ended, in words for both sides.
func ending(err error) string {
	if exit, ok := errors.AsType[*osexec.ExitError](err); ok {
		signal := ""
		if status := exit.Sys().(syscall.WaitStatus); status.Signaled() {
			signal = status.Signal().String()
		}
		return fmt.Sprint("exit ", exit.ExitCode(), signal)
	}
	if exit, ok := errors.AsType[*gateway.ExitError](err); ok {
		return fmt.Sprint("exit ", exit.Code, exit.Signal)
	}
	text := ""
	if err != nil {
		_, text, _ = strings.Cut(err.Error(), "exec")
	}
	return fmt.Sprint(text, errors.Is(err, fs.ErrNotExist) || errors.Is(err, osexec.ErrNotFound), errors.Is(err, fs.ErrPermission))
}

func TestCommandGetsAllOfALargeInput(t *testing.T) {
	const size = 100 << 20
	sum := sha256.New()
	c := command(t, "sha256sum")
	c.Stdin = io.TeeReader(io.LimitReader(rand.NewChaCha8([32]byte{1}), size), sum)
	out, err := c.Output()
	if want := hex.EncodeToString(sum.Sum(nil)); err != nil || !strings.HasPrefix(string(out), want) {
		t.Errorf("got %s, %v; want %s", out, err, want)
	}
}

// command is a command of a far side of its own.
func command(t *testing.T, name string, args ...string) *gateway.Cmd {
	return open(t, "popen", nil).Command(t.Context(), name, args...)
}

// G15: what is not read must pile up nowhere, and must not keep anybody.
func TestCommandThatDoesNotReadItsInput(t *testing.T) {
	gw := open(t, "popen", nil)
	ctx, cancel := context.WithCancel(t.Context())
	c := gw.Command(ctx, "sleep", "1000")
	from := &endless{}
	c.Stdin = from
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	last := int64(-1)
	eventually(t, func() bool { // nothing more is taken while the far side answers
		before := from.taken.Load()
		for range 20 {
			status(t, gw)
		}
		last = from.taken.Load()
		return last == before && last > 0
	}, func() any { return last })
	if last > 16<<20 {
		t.Errorf("%d bytes were taken for a command that reads none", last)
	}
	cancel()
	if err := c.Wait(); !errors.Is(err, context.Canceled) || ending(err) != "exit -1terminated" {
		t.Errorf("it ended with %v", err)
	}
}

// A command that reads only some of its input ends well, as with os/exec.
func TestCommandThatReadsSomeOfItsInput(t *testing.T) {
	gw := open(t, "popen", nil)
	c := gw.Command(t.Context(), "head", "-c", "10")
	c.Stdin = &endless{}
	if out, err := c.Output(); len(out) != 10 || err != nil {
		t.Errorf("got %q, %v", out, err)
	}
	eventually(t, func() bool { return status(t, gw).Channels == 1 }, func() any { return status(t, gw) })
}

// G15
func TestCommandIsHeldUpByWhoDoesNotRead(t *testing.T) {
	gw := open(t, "popen", nil)
	const size = 50_000_000
	c := sh(t, gw, "head -c 50000000 /dev/zero; echo through >&2")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var errs guarded
	c.Stderr = &errs
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	first := make([]byte, 1)
	if _, err := io.ReadFull(out, first); err != nil {
		t.Fatal(err)
	}
	for range 100 {
		status(t, gw)
	}
	if text := errs.String(); text != "" {
		t.Errorf("all of it was taken from the command, which says %q", text)
	}
	if n, err := io.Copy(io.Discard, out); n != size-1 || err != nil {
		t.Errorf("%d bytes came, %v", n, err)
	}
	if err := c.Wait(); err != nil || errs.String() != "through\n" {
		t.Errorf("it ended with %v and said %q", err, errs.String())
	}
}

// guarded is a buffer that can be looked into.
type guarded struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (g *guarded) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.buf.Write(p)
}

func (g *guarded) String() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.buf.String()
}

func TestCommandThatClosesItsOutputGoesOn(t *testing.T) {
	gw := open(t, "popen", nil)
	c := sh(t, gw, `trap "exit 4" TERM; echo out; exec >&- ; while :; do sleep 0.01; done`)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(out); string(text) != "out\n" || err != nil {
		t.Errorf("it prints %q, %v", text, err)
	}
	if err := c.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if err := c.Wait(); ending(err) != "exit 4" {
		t.Errorf("it ended with %v", err)
	}
}

func TestCommandWithAWriterThatFails(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		c := gw.Command(t.Context(), "yes")
		c.Stdout = fullDisk{}
		if err := c.Run(); ending(err) != "exit -1broken pipe" {
			t.Errorf("it ended with %v", err)
		}
		c = gw.Command(t.Context(), "echo", "x")
		c.Stdout = fullDisk{}
		if err := c.Run(); !errors.Is(err, errFull) {
			t.Errorf("one that does not notice ended with %v", err)
		}
		c = gw.Command(t.Context(), "cat")
		c.Stdin = io.MultiReader(strings.NewReader("x"), iotest.ErrReader(errBroken))
		if out, err := c.Output(); string(out) != "x" || !errors.Is(err, errBroken) {
			t.Errorf("with a reader that fails: %q, %v", out, err)
		}
	})
}

var errFull, errBroken = errors.New("full"), errors.New("broken")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

// The trap of os/exec: a child that holds the output open.
func TestEndOfACommandWaitsForNoChild(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		for name, script := range map[string]string{
			"silent":    "sleep 1000 & echo $!",
			"talkative": "yes >&2 & echo $!",
			"no output": "sleep 1000 >/dev/null 2>&1 & echo $!",
		} {
			c := sh(t, gw, script)
			c.Stderr = io.Discard
			out, err := c.Output()
			pid, _ := strconv.Atoi(strings.TrimSpace(string(out)))
			if err != nil || pid == 0 {
				t.Errorf("%s: got %q, %v", name, out, err)
				continue
			}
			eventually(t, func() bool { return !farsidetest.Alive(pid) }, func() any { return name + ": the child is left" })
		}
	})
}

func TestEndOfCtxIsTermThenKill(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		for _, c := range []struct {
			script, want, says string
			delay              time.Duration
		}{
			{`trap "echo bye; exit 7" TERM; echo $$; while :; do sleep 0.01; done`, "exit 7", "bye", 0},
			{`trap "echo bye; exit 0" TERM; echo $$; while :; do sleep 0.01; done`, "context canceled", "bye", 0},
			{`trap "" TERM; echo $$; while :; do sleep 1000; done`, "exit -1killed", "", time.Millisecond},
			{`(trap "" TERM; sleep 1000) & echo $!; exec sleep 1000`, "exit -1terminated", "", time.Minute},
		} {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			cmd := gw.Command(ctx, "sh", "-c", c.script)
			cmd.WaitDelay = c.delay
			out, err := cmd.StdoutPipe()
			if err == nil {
				err = cmd.Start()
			}
			if err != nil {
				t.Fatal(err)
			}
			var pid int
			if _, err := fmt.Fscanln(out, &pid); err != nil {
				t.Fatal(err)
			}
			cancel()
			rest, _ := io.ReadAll(out)
			err = cmd.Wait()
			if !errors.Is(err, context.Canceled) || !strings.Contains(ending(err)+" "+err.Error(), c.want) || !strings.Contains(string(rest), c.says) {
				t.Errorf("%s: it ended with %v and said %q; want %s", c.script, err, rest, c.want)
			}
			eventually(t, func() bool { return !farsidetest.Alive(pid) }, func() any { return c.script + ": a process is left" })
		}
	})
}

func TestCommandOnAFarSideThatDies(t *testing.T) {
	gw := open(t, "popen", nil)
	c := sh(t, gw, "echo $$; kill -KILL $PPID; sleep 1000")
	out, err := c.Output()
	pid, _ := strconv.Atoi(strings.TrimSpace(string(out)))
	if !errors.Is(err, gateway.ErrLost) || c.ProcessState != nil {
		t.Errorf("it ended with %v, %v", err, c.ProcessState)
	}
	if pid != 0 { // what it printed may not have come through
		eventually(t, func() bool { return !farsidetest.Alive(pid) }, func() any { return "the command is left" })
	}
	if err := gw.Command(t.Context(), "true").Run(); !errors.Is(err, gateway.ErrLost) {
		t.Errorf("a later command: %v", err)
	}
}

func TestCloseOfTheGatewayEndsCommands(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		c := sh(t, gw, `trap "exit 0" TERM; echo running; while :; do sleep 0.01; done`)
		out, err := c.StdoutPipe()
		if err == nil {
			err = c.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		var word string
		fmt.Fscanln(out, &word)
		gw.Close()
		if err := c.Wait(); err != nil {
			t.Errorf("it was not let to end well: %v", err)
		}
		if err := gw.Command(t.Context(), "true").Run(); !errors.Is(err, gateway.ErrClosed) {
			t.Errorf("a later command: %v", err)
		}
	})
}

func TestSignalsGoByName(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		c := sh(t, gw, `trap "echo one" USR1; trap "echo two" INT; trap "echo three; exit 0" HUP; echo ready; while :; do sleep 0.01; done`)
		out, err := c.StdoutPipe()
		if err == nil {
			err = c.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		say := func(want string) {
			t.Helper()
			var word string
			if _, err := fmt.Fscanln(out, &word); word != want || err != nil {
				t.Errorf("it says %q, %v; want %q", word, err, want)
			}
		}
		say("ready")
		for _, s := range []struct {
			sig  os.Signal
			want string
		}{{gateway.Signal("USR1"), "one"}, {os.Interrupt, "two"}, {gateway.Signal("sigusr1"), "one"}, {syscall.SIGUSR1, "one"}} {
			if err := c.Signal(s.sig); err != nil {
				t.Error(err)
			}
			say(s.want)
		}
		if err := c.Signal(gateway.Signal("NONE")); err == nil || !strings.Contains(err.Error(), `no signal "NONE"`) {
			t.Errorf("an unknown signal: %v", err)
		}
		if err := c.Signal(syscall.Signal(99)); err == nil || !strings.Contains(err.Error(), "no name") {
			t.Errorf("a number that is no signal: %v", err)
		}
		if err := c.Signal(syscall.SIGHUP); err != nil {
			t.Error(err)
		}
		say("three")
		if err := c.Wait(); err != nil {
			t.Error(err)
		}
		if err := c.Signal(os.Kill); !errors.Is(err, os.ErrProcessDone) {
			t.Errorf("behind its end: %v", err)
		}
	})
}

func TestPipesOfACommand(t *testing.T) {
	gw := open(t, "popen", nil)
	c := sh(t, gw, "while read line; do echo got $line; done; echo end; echo error >&2")
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, _ := c.StdoutPipe()
	errs, _ := c.StderrPipe()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		var got string
		var n int
		fmt.Fprintln(in, i)
		if _, err := fmt.Fscanln(out, &got, &n); got != "got" || n != i || err != nil {
			t.Fatalf("%s %d, %v", got, n, err)
		}
	}
	in.Close()
	if err := c.Wait(); err != nil {
		t.Error(err)
	}
	for name, r := range map[string]io.Reader{"end\n": out, "error\n": errs} {
		if text, err := io.ReadAll(r); string(text) != name || err != nil {
			t.Errorf("behind the end: %q, %v", text, err)
		}
	}
	if _, err := in.Write([]byte("more")); err == nil {
		t.Error("its input can be written to for ever")
	}
}

// What went to one writer comes in the order in which it was written.
func TestCombinedOutputIsInOrder(t *testing.T) {
	var want strings.Builder
	for i := range 200 {
		fmt.Fprintf(&want, "out %d\nerr %d\n", i, i)
	}
	out, err := sh(t, open(t, "popen", nil), "for i in $(seq 0 199); do echo out $i; echo err $i >&2; done").CombinedOutput()
	if string(out) != want.String() || err != nil {
		t.Errorf("got %q, %v", out, err)
	}
}

func TestOutputKeepsTheLastWords(t *testing.T) {
	c := sh(t, inProcess(t, nil), "echo out; echo 'secret is' $1 >&2; exit 5", "hush")
	out, err := c.Output()
	exit, ok := errors.AsType[*gateway.ExitError](err)
	if !ok || exit.Code != 5 || exit.Stderr != "secret is hush" || string(out) != "out\n" {
		t.Errorf("got %q, %v", out, err)
	}
	if text := err.Error(); !strings.Contains(text, "command sh: ") || !strings.HasSuffix(text, "it said:\n\tsecret is hush") {
		t.Errorf("the error is %q", text)
	}
}

// S4: arguments may hold secrets.
func TestErrorOfACommandDoesNotShowItsArguments(t *testing.T) {
	c := command(t, "false", "hush")
	if err := c.Run(); err == nil || strings.Contains(err.Error(), "hush") {
		t.Errorf("the error is %v", err)
	}
	if c.String() != "false hush" {
		t.Errorf("it is %q", c)
	}
}

func TestManyCommands(t *testing.T) {
	gw := open(t, "popen", nil)
	run := func(i int) {
		c := gw.Command(t.Context(), "cat")
		c.Stdin = strings.NewReader(strconv.Itoa(i))
		if out, err := c.Output(); string(out) != strconv.Itoa(i) || err != nil {
			t.Errorf("got %q, %v; want %d", out, err, i)
		}
	}
	run(0)
	before := status(t, gw)
	for i := range 1000 {
		run(i)
	}
	var running sync.WaitGroup
	for i := range 20 {
		running.Go(func() { run(i) })
	}
	running.Wait()
	eventually(t, func() bool {
		st := status(t, gw)
		return st.Channels == 1 && st.Running == 0 && st.Goroutines <= before.Goroutines+10
	}, func() any { return fmt.Sprintf("%+v, before %+v", status(t, gw), before) })
	out, err := sh(t, gw, "ls /proc/$PPID/fd | wc -l; ls /proc/$PPID/fd >&2").Output()
	if n, _ := strconv.Atoi(strings.TrimSpace(string(out))); err != nil || n > 20 {
		t.Errorf("the worker has %d open files, %v", n, err)
	}
}

func TestMisuseOfACommand(t *testing.T) {
	gw := inProcess(t, nil)
	set := gw.Command(t.Context(), "true")
	set.Stdin, set.Stdout, set.Stderr = strings.NewReader(""), io.Discard, io.Discard
	idle, done := gw.Command(t.Context(), "true"), gw.Command(t.Context(), "true")
	if err := done.Run(); err != nil || !done.ProcessState.Success() || idle.ProcessState.ExitCode() != -1 {
		t.Errorf("got %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	late := gw.Command(ended, "true")
	out, err := late.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	for want, misuse := range map[string]func() error{
		"not started":                     idle.Wait,
		"signal: not started":             func() error { return idle.Signal(os.Kill) },
		"already started":                 done.Start,
		"Wait was already called":         done.Wait,
		"Stdin is already set":            func() error { _, err := set.StdinPipe(); return err },
		"Stdout is already set":           func() error { _, err := set.StdoutPipe(); return err },
		"Stderr is already set":           func() error { _, err := set.StderrPipe(); return err },
		"Stdout or Stderr is already set": func() error { _, err := set.CombinedOutput(); return err },
		"a pipe is made once":             func() error { _, err := done.StdoutPipe(); return err },
		"context canceled":                late.Run,
	} {
		want = strings.TrimPrefix(want, "signal: ")
		if err := misuse(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	if _, err := out.Read(make([]byte, 1)); err == nil {
		t.Error("the pipe of a command that did not start can be read")
	}
}
