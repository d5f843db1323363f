package stdio

import (
	"bytes"
	"strings"
	"sync"
)

const (
	tailSize = 4 << 10
	headSize = 2 << 10
)

// A Tail keeps the last of what is written to it. When a Go program dies of a
// panic or a fatal error its first words are the ones that matter, and the stack
// traces behind them can be long: the Tail keeps both.
type Tail struct {
	mu   sync.Mutex
	last []byte
	died []byte // from the line that says why the program died
	line []byte // a line that has no end yet
}

// Write never fails.
func (t *Tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last = append(t.last, p...)
	if over := len(t.last) - tailSize; over > 0 {
		t.last = append(t.last[:0], t.last[over:]...)
	}
	t.noteDeath(p)
	return len(p), nil
}

// noteDeath keeps what follows the beginning of a death message. Once that is
// full, a later message takes its place: the earlier was only talk.
func (t *Tail) noteDeath(p []byte) {
	for len(p) > 0 {
		if room := headSize - len(t.died); t.died != nil && room > 0 {
			n := min(room, len(p))
			t.died, p = append(t.died, p[:n]...), p[n:]
			continue
		}
		line, rest, whole := bytes.Cut(p, []byte{'\n'})
		if len(t.line) < 64 { // the beginning is enough to know it
			t.line = append(t.line, line...)
		}
		if !whole {
			return
		}
		if isDeath(t.line) {
			t.died = append(append([]byte{}, t.line...), '\n')
		}
		t.line, p = t.line[:0], rest
	}
}

func isDeath(line []byte) bool {
	for _, start := range []string{"panic: ", "fatal error: ", "runtime: goroutine stack exceeds", "runtime: out of memory"} {
		if bytes.HasPrefix(line, []byte(start)) {
			return true
		}
	}
	return false
}

// String gives what is kept, without surrounding space.
func (t *Tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	last := strings.TrimSpace(string(t.last))
	died := strings.TrimSpace(string(t.died))
	if died == "" || strings.Contains(last, died) {
		return last
	}
	return died + "\n...\n" + last
}
