package stdio_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/stdio"
)

func TestTailKeepsTheLast(t *testing.T) {
	var tail stdio.Tail
	for i := range 10_000 {
		fmt.Fprintf(&tail, "line %d\n", i)
	}
	text := tail.String()
	if !strings.HasSuffix(text, "\nline 9999") || len(text) > 8<<10 || len(text) < 1<<10 {
		t.Errorf("%d bytes, ending in %q", len(text), text[len(text)-20:])
	}
}

func TestTailOfLittle(t *testing.T) {
	var tail stdio.Tail
	if tail.String() != "" {
		t.Errorf("nothing became %q", tail.String())
	}
	tail.Write([]byte("\n a\nb \n\n"))
	if tail.String() != "a\nb" {
		t.Errorf("got %q", tail.String())
	}
}

// A Go program's traces can be longer than what is kept, and the reason stands
// before them.
func TestTailKeepsWhyAProgramDied(t *testing.T) {
	traces := strings.Repeat("goroutine 1 [running]:\nmain.main()\n", 500) + "exit status 2\n"
	for _, death := range []string{
		"panic: the roof is on fire", "fatal error: all goroutines are asleep - deadlock!",
		"runtime: goroutine stack exceeds 1000000000-byte limit", "runtime: out of memory: cannot allocate",
	} {
		for name, size := range map[string]int{"at once": 1 << 30, "by bytes": 1, "in pieces": 7} {
			var tail stdio.Tail
			writePieces(&tail, "before\n"+strings.Repeat("chatter\n", 1000)+death+"\n\n"+traces, size)
			text := tail.String()
			if !strings.HasPrefix(text, death+"\n") || !strings.HasSuffix(text, "\nexit status 2") {
				t.Errorf("%s, %s: got %.100q ... %q", death, name, text, text[max(0, len(text)-30):])
			}
			if strings.Contains(text, "chatter") || len(text) > 8<<10 {
				t.Errorf("%s, %s: %d bytes are kept", death, name, len(text))
			}
		}
	}
}

func writePieces(tail *stdio.Tail, text string, size int) {
	for len(text) > 0 {
		n := min(size, len(text))
		tail.Write([]byte(text[:n]))
		text = text[n:]
	}
}

func TestTailDoesNotRepeatAShortDeath(t *testing.T) {
	var tail stdio.Tail
	tail.Write([]byte("before\npanic: x\n\ngoroutine 1 [running]:\n"))
	if text := tail.String(); text != "before\npanic: x\n\ngoroutine 1 [running]:" {
		t.Errorf("got %q", text)
	}
}

// A program that talks of a panic has not died of it; what it dies of later is
// what counts.
func TestTailKeepsTheLastDeath(t *testing.T) {
	var tail stdio.Tail
	tail.Write([]byte("panic: only talk, recovered\n" + strings.Repeat("work goes on\n", 2000)))
	tail.Write([]byte("panic: the real one\n\n" + strings.Repeat("goroutine 1 [running]:\n", 2000)))
	if text := tail.String(); !strings.HasPrefix(text, "panic: the real one\n") {
		t.Errorf("got %.60q", text)
	}
}

// The second panic of one death names the first, which stays.
func TestTailKeepsAWholeDeath(t *testing.T) {
	var tail stdio.Tail
	const death = "panic: first [recovered]\n\tpanic: second\n\nfatal error: third\n"
	tail.Write([]byte(death + strings.Repeat("goroutine 1 [running]:\n", 2000)))
	if text := tail.String(); !strings.HasPrefix(text, death) {
		t.Errorf("got %.60q", text)
	}
}
