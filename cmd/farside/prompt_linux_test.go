package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// A secret must not be seen while it is typed, and what is none must.
func TestPromptHidesSecrets(t *testing.T) {
	tty, slave := newTerminal(t)
	defer slave.Close()
	type result struct {
		answers []string
		err     error
	}
	asked := make(chan result, 1)
	go func() { // ends with the answers
		var r result
		r.answers, r.err = ask(slave, &gateway.Prompt{Text: "hello\x1b[2J from the server", Questions: []gateway.Question{
			{Text: "Passphrase:"}, {Text: "Are you sure?", Echo: true},
		}})
		asked <- r
	}()
	s := &session{T: t, tty: tty}
	s.wait("Passphrase: ")
	farsidetest.Eventually(t, func() bool { return !shows(t, tty) }, "what is typed goes on to be shown")
	s.press("hunter2\r")
	seen := s.wait("sure? ")
	s.press("yes\r")
	s.wait("yes")
	got := <-asked
	if got.err != nil || !slices.Equal(got.answers, []string{"hunter2", "yes"}) {
		t.Errorf("got %v", got)
	}
	if strings.Contains(seen, "hunter2") {
		t.Errorf("the passphrase was shown: %q", seen)
	}
}

// shows reports whether a terminal shows what is typed.
func shows(t *testing.T, tty *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(tty.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

func TestServersTextCannotSteerTheTerminal(t *testing.T) {
	if got := printable("a\x1b]0;x\x07\u009bb\tc\nd\x7f"); got != "a?]0;x??b\tc\nd?" {
		t.Errorf("got %q", got)
	}
}
