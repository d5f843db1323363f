// Package stdio passes a far side's output on: by lines, tagged, and with the
// last words kept.
package stdio

import (
	"bytes"
	"io"
	"sync"
)

// maxLine is the longest line that waits for its end.
const maxLine = 64 << 10

// A LineWriter passes whole lines to another writer, each write one or more of
// them, so that the output of several sources mixes only between lines.
type LineWriter struct {
	mu     *sync.Mutex // shared by the writers to one destination
	to     io.Writer
	prefix string
	broken bool   // lines are passed on as they come, also in pieces
	rest   []byte // the beginning of a line
}

// NewLineWriter makes a LineWriter. Writers to one destination share mu.
func NewLineWriter(to io.Writer, prefix string, mu *sync.Mutex) *LineWriter {
	return &LineWriter{mu: mu, to: to, prefix: prefix}
}

// Write passes on the lines that p completes. It is for one goroutine at a time.
func (w *LineWriter) Write(p []byte) (int, error) {
	if w.broken {
		return len(p), w.pass(p)
	}
	end := bytes.LastIndexByte(p, '\n') + 1
	if end == 0 && len(w.rest)+len(p) <= maxLine {
		w.rest = append(w.rest, p...)
		return len(p), nil
	}
	if end == 0 {
		end = len(p)
	}
	lines := append(w.rest, p[:end]...)
	err := w.pass(lines)
	w.rest = append(lines[:0], p[end:]...)
	return len(p), err
}

// Flush passes on a line that has no end yet, and ends it.
func (w *LineWriter) Flush() error {
	if len(w.rest) == 0 {
		return nil
	}
	lines := append(w.rest, '\n')
	w.rest = nil
	return w.pass(lines)
}

func (w *LineWriter) pass(lines []byte) error {
	if w.prefix != "" {
		lines = w.tag(lines)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	_, err := w.to.Write(lines)
	return err
}

func (w *LineWriter) tag(lines []byte) []byte {
	var tagged bytes.Buffer
	for line := range bytes.Lines(lines) {
		tagged.WriteString(w.prefix)
		tagged.Write(line)
	}
	return tagged.Bytes()
}
