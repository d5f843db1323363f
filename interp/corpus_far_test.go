package interp_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/farside-go/farside/gateway"
)

// interpret runs a program on a far side of its own: it may leave, take signals
// and change what belongs to the process. Whatever interprets source there, this
// is the only place that starts it.
func interpret(t *testing.T, p *corpusProgram) farEnding {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), corpusPatience)
	defer cancel()
	gw, err := gateway.Open(ctx, "popen//chdir="+t.TempDir(), &gateway.Options{Stdout: io.Discard, Stderr: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	defer gw.Kill()
	var stdout output
	program := gateway.Source(p.source)
	program.Name, program.Stdout, program.Stderr = p.name+".go", &stdout, io.Discard
	_, err = gateway.Call[any](ctx, gw, program)
	return farEnding{stdout: stdout.take(), err: err}
}

// A farEnding is what the near side sees of a program's end.
type farEnding struct {
	stdout string
	err    error
}

// status is the exit status that the program would have had at home.
func (e *farEnding) status() (int, bool) {
	var remote *gateway.RemoteError
	var exit *gateway.ExitError
	switch {
	case e.err == nil:
		return 0, true
	case errors.As(e.err, &remote) && remote.Name == "exit":
		return remote.Code, true
	case errors.As(e.err, &remote) && remote.Name == "panic":
		return 2, true
	case errors.As(e.err, &exit):
		return exit.Code, true // a goroutine's panic ends the far side
	}
	return 0, false
}

// refused reports whether the far side would not start the program.
func (e *farEnding) refused() bool {
	var remote *gateway.RemoteError
	return errors.As(e.err, &remote) && (remote.Name == "compile" || remote.Name == "interpreter") && e.stdout == ""
}

// A verdict is how an interpreted program compares with the compiled one.
type verdict int

const (
	same verdict = iota
	refused
	different
)

// judge compares, and says what is not the same.
func judge(p *corpusProgram, far farEnding) (verdict, string) {
	status, ended := far.status()
	got := ending{far.stdout, status}
	switch {
	case far.refused():
		return refused, fmt.Sprintf("refused: %v", far.err)
	case !ended:
		return different, fmt.Sprintf("ended by: %v; %s", far.err, unlike(got, p.want))
	case got != p.want:
		return different, fmt.Sprintf("%s (error: %v)", unlike(got, p.want), far.err)
	}
	return same, ""
}

// unlike says where two endings part.
func unlike(got, want ending) string {
	if got.stdout == want.stdout {
		return fmt.Sprintf("exit status %d, want %d", got.status, want.status)
	}
	g, w := strings.Split(got.stdout, "\n"), strings.Split(want.stdout, "\n")
	i := 0
	for i < len(g) && i < len(w) && g[i] == w[i] {
		i++
	}
	line := func(lines []string) string {
		if i < len(lines) {
			return fmt.Sprintf("%q", lines[i])
		}
		return "the end"
	}
	return fmt.Sprintf("line %d of standard output is %s, want %s", i+1, line(g), line(w))
}
