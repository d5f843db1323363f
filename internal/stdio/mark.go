package stdio

import (
	"bytes"
	"sync"
)

// A Mark is found in a stream of output, and taken out of it: what stands before it has
// been passed on when it is seen.
type Mark struct {
	text  []byte
	flush func() error
	held  []byte // may be the beginning of the mark
	once  sync.Once
	seen  chan struct{} // closed when it was found, or does not come any more
}

// NewMark makes a Mark of a text that occurs nowhere else in the stream. When it was
// found, or does not come any more, flush is called.
func NewMark(text string, flush func() error) *Mark {
	return &Mark{text: []byte(text), flush: flush, seen: make(chan struct{})}
}

// Pass gives pass what is not of the mark. It is for one goroutine.
func (m *Mark) Pass(p []byte, pass func([]byte) error) error {
	if m.isSeen() {
		return pass(p)
	}
	p = append(m.held, p...)
	before, behind, found := bytes.Cut(p, m.text)
	if !found {
		n := m.beginning(p)
		m.held = bytes.Clone(p[len(p)-n:])
		return passSome(pass, p[:len(p)-n])
	}
	m.held = nil
	err := passSome(pass, before)
	m.end()
	if err != nil {
		return err
	}
	return passSome(pass, behind)
}

// End passes on what was held back when the stream has ended.
func (m *Mark) End(pass func([]byte) error) error {
	defer m.end()
	return passSome(pass, m.held)
}

// Seen is closed when what stands before the mark was passed on.
func (m *Mark) Seen() <-chan struct{} { return m.seen }

func (m *Mark) end() {
	m.once.Do(func() {
		m.flush()
		close(m.seen)
	})
}

func (m *Mark) isSeen() bool {
	select {
	case <-m.seen:
		return true
	default:
		return false
	}
}

// beginning is how much at the end of p may be the beginning of the mark.
func (m *Mark) beginning(p []byte) int {
	for n := min(len(p), len(m.text)-1); n > 0; n-- {
		if bytes.HasPrefix(m.text, p[len(p)-n:]) {
			return n
		}
	}
	return 0
}

func passSome(pass func([]byte) error, p []byte) error {
	if len(p) == 0 {
		return nil
	}
	return pass(p)
}
