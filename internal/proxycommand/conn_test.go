package proxycommand_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/proxycommand"
)

func start(t *testing.T, script string) *proxycommand.Conn {
	t.Helper()
	c, err := proxycommand.Start("sh -c '" + script + "'")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

var errCause = errors.New("cause")

// explains closes a connection that the command has ended, and wants its last words.
func explains(t *testing.T, c *proxycommand.Conn, words ...string) {
	t.Helper()
	c.Close()
	err := c.Explain(errCause)
	if !errors.Is(err, errCause) {
		t.Errorf("error %v", err)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("error %v says nothing of %q", err, word)
		}
	}
}

func TestConnCarriesBothWays(t *testing.T) {
	c := start(t, "cat")
	if _, err := io.WriteString(c, "hello"); err != nil {
		t.Fatal(err)
	}
	got := make([]byte, 5)
	if _, err := io.ReadFull(c, got); err != nil || string(got) != "hello" {
		t.Errorf("%q, %v", got, err)
	}
	c.Close()
	if err := c.Explain(errCause); err != errCause {
		t.Errorf("a command that this side has ended is blamed: %v", err)
	}
}

func TestCommandThatClosedItsOutputMayStillSpeak(t *testing.T) {
	c := start(t, "exec >&-; sleep 0.2; echo last words >&2; exit 3")
	if _, err := c.Read(make([]byte, 1)); err != io.EOF {
		t.Fatal(err)
	}
	explains(t, c, "last words", "exit status 3")
}

func TestCommandThatClosedItsInputMayStillSpeak(t *testing.T) {
	c := start(t, "exec <&-; echo closed; sleep 0.2; echo last words >&2; exit 3")
	if _, err := c.Read(make([]byte, 7)); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Write([]byte("x")); err == nil {
		t.Fatal("it could be written")
	}
	explains(t, c, "last words", "exit status 3")
}

func TestMissingShellIsTold(t *testing.T) {
	t.Setenv("PATH", "")
	if _, err := proxycommand.Start("cat"); err == nil || !strings.Contains(err.Error(), "ProxyCommand cat") {
		t.Errorf("error %v", err)
	}
}
