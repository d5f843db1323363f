package gateway_test

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// wholeSource does what its first argument says.
const wholeSource = `
package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	switch os.Args[1] {
	case "args":
		fmt.Printf("%q\n", os.Args)
	case "upper":
		text, err := io.ReadAll(os.Stdin)
		fmt.Fprintln(os.Stderr, len(text), err)
		fmt.Print(strings.ToUpper(string(text)))
	case "exit":
		fmt.Fprintln(os.Stderr, "leaving")
		os.Exit(7)
	case "kill":
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	case "leave a child":
		child := exec.Command("sleep", "1000")
		child.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
		fmt.Println(child.Start(), child.Process.Pid)
	case "go on after TERM":
		asked := make(chan os.Signal, 1)
		signal.Notify(asked, syscall.SIGTERM)
		fmt.Println(os.Getpid())
		fmt.Println(<-asked)
		select {}
	}
}
`

// whole is a program of its own, with what it prints.
func whole() (program *gateway.Program, stdout, stderr *syncBuffer) {
	program = gateway.BuildSource(wholeSource, nil)
	program.Name = "whole.go"
	stdout, stderr = &syncBuffer{}, &syncBuffer{}
	program.Stdout, program.Stderr = stdout, stderr
	return program, stdout, stderr
}

func TestWholeProgramRunsAsACommand(t *testing.T) {
	gw := open(t, "popen", nil)
	program, stdout, _ := whole()
	if got, err := gateway.Call[any](t.Context(), gw, program, "args", "a b", 3); got != nil || err != nil {
		t.Errorf("it gave %v, %v", got, err)
	}
	if got, want := stdout.String(), `["whole.go" "args" "a b" "3"]`+"\n"; got != want {
		t.Errorf("it printed %q, not %q", got, want)
	}
	program, stdout, stderr := whole()
	text := strings.Repeat("some text", 100_000)
	program.Stdin = strings.NewReader(text)
	ch, err := gw.Exec(t.Context(), program, "upper")
	if err != nil {
		t.Fatal(err)
	}
	if err := wantEnd(t, ch); err != io.EOF {
		t.Errorf("it ended with %v", err)
	}
	if stdout.String() != strings.ToUpper(text) || stderr.String() != "900000 <nil>\n" {
		t.Errorf("it printed %d bytes, and %q", stdout.Len(), stderr)
	}
}

func TestEndOfAWholeProgramIsItsStatus(t *testing.T) {
	gw := open(t, "popen", nil)
	for _, c := range []struct {
		what string
		code int
		text string
		last string
	}{
		{"exit", 7, "exit status 7", "leaving"},
		{"kill", -1, "the program was ended by a signal: killed", ""},
	} {
		program, _, _ := whole()
		_, err := gateway.Call[any](t.Context(), gw, program, c.what)
		exit, ok := errors.AsType[*gateway.RemoteError](err)
		if !ok || exit.Name != "exit" || exit.Code != c.code || exit.Text != c.text || exit.Stack != c.last {
			t.Errorf("%s: %#v", c.what, err)
		}
	}
}

// Also what has left its group.
func TestChildrenOfAWholeProgramGoWithIt(t *testing.T) {
	gw := open(t, "popen", nil)
	program, stdout, _ := whole()
	if _, err := gateway.Call[any](t.Context(), gw, program, "leave a child"); err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(stdout.String(), "<nil>")))
	if err != nil {
		t.Fatal(err)
	}
	farsidetest.Eventually(t, func() bool { return !farsidetest.Alive(pid) }, "the child lives")
}

func TestCancelledWholeProgramIsAskedThenKilled(t *testing.T) {
	gw := open(t, "popen", nil)
	program, stdout, _ := whole()
	ch, err := gw.Exec(t.Context(), program, "go on after TERM")
	if err != nil {
		t.Fatal(err)
	}
	farsidetest.Eventually(t, func() bool { return strings.HasSuffix(stdout.String(), "\n") }, "it does not run")
	ch.Cancel(nil)
	exit, ok := errors.AsType[*gateway.RemoteError](wantEnd(t, ch))
	if !ok || exit.Code != -1 || !strings.HasSuffix(exit.Text, "killed") {
		t.Errorf("it ended with %v", ch.Err())
	}
	if !bytes.HasSuffix([]byte(stdout.String()), []byte("\nterminated\n")) {
		t.Errorf("it printed %q", stdout)
	}
}

func TestWholeProgramIsACommand(t *testing.T) {
	gw := open(t, "popen", nil)
	program := gateway.BuildSource(wholeSource, nil)
	program.Name = "whole.go"
	for range 2 { // it is sent, and it is there
		out, err := program.Command(t.Context(), gw, "args", "a b").Output()
		if err != nil || string(out) != `["whole.go" "args" "a b"]`+"\n" {
			t.Errorf("it printed %q, %v", out, err)
		}
	}
	_, err := program.Command(t.Context(), gw, "exit").Output()
	if exit, ok := errors.AsType[*gateway.ExitError](err); !ok || exit.Code != 7 || exit.Stderr != "leaving" {
		t.Errorf("it ended with %v", err)
	}
	for want, program := range map[string]*gateway.Program{
		"no whole program":        built(),
		"a program that is built": gateway.Source(wholeSource),
		"undefined: nonsense":     gateway.BuildSource("package main\nfunc main() { nonsense() }", nil),
	} {
		if err := program.Command(t.Context(), gw).Run(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, not %q", err, want)
		}
	}
}

func TestCommandOfAnEphemeralGatewayIsKeptNowhere(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	gw := open(t, "cmd=sh//ephemeral", nil)
	program := gateway.BuildSource(wholeSource, nil)
	if out, err := program.Command(t.Context(), gw, "args").Output(); err != nil || string(out) != `["source.go" "args"]`+"\n" {
		t.Errorf("it printed %q, %v", out, err)
	}
	if kept, err := gw.KeptPrograms(t.Context()); len(kept) != 0 || err != nil {
		t.Errorf("it keeps %v, %v", kept, err)
	}
}

func TestKeptProgramsAreListedAndRemoved(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	gw := open(t, "popen", nil)
	program, _, _ := whole()
	if _, err := gateway.Call[any](t.Context(), gw, program, "args"); err != nil {
		t.Fatal(err)
	}
	kept, err := gw.KeptPrograms(t.Context())
	if err != nil || len(kept) != 1 || kept[0].Size == 0 {
		t.Fatalf("it keeps %+v, %v", kept, err)
	}
	if none, err := gw.RemoveKept(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("of nothing it removed %+v, %v", none, err)
	}
	removed, err := gw.RemoveKept(t.Context(), kept)
	if err != nil || len(removed) != 1 || removed[0] != kept[0] {
		t.Errorf("it removed %+v, %v", removed, err)
	}
	if kept, err := gw.KeptPrograms(t.Context()); err != nil || len(kept) != 0 {
		t.Errorf("it keeps %+v, %v", kept, err)
	}
}
