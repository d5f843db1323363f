package main

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/farside-go/farside/gateway"
)

const (
	// uploadDelay is how long something may take before it is shown at all.
	uploadDelay = 500 * time.Millisecond
	// uploadRedraw is how often the line of a terminal is drawn anew.
	uploadRedraw = 100 * time.Millisecond
	barWidth     = 24
)

// An uploadBar shows what takes long: the compiling of a program, and how far the upload of
// a worker or a program has got. That is a bar on a terminal, a line at the beginning and
// one at the end elsewhere, and nothing where it is quick.
type uploadBar struct {
	t *terminal

	mu    sync.Mutex
	begun time.Time // of what is under way
	late  *time.Timer
	drawn time.Time
	last  gateway.Progress
}

func newUploadBar(t *terminal) *uploadBar { return &uploadBar{t: t} }

// show is told of progress.
func (b *uploadBar) show(p gateway.Progress) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.begun.IsZero() || p.What != b.last.What {
		b.finish()
		b.begun = time.Now()
		b.late = time.AfterFunc(uploadDelay, b.drawLate)
	}
	b.last = p
	if time.Since(b.begun) >= uploadDelay {
		b.draw()
	}
}

// drawLate is for what does not tell more until it has ended.
func (b *uploadBar) drawLate() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.begun.IsZero() && time.Since(b.begun) >= uploadDelay {
		b.draw()
	}
}

func (b *uploadBar) draw() {
	now, terminal := time.Now(), isTerminal(b.t.err)
	switch {
	case !terminal && b.drawn.IsZero():
		fmt.Fprintf(b.t.err, "farside: %s\n", b.what())
	case terminal && now.Sub(b.drawn) >= uploadRedraw:
		fmt.Fprintf(b.t.err, "\r\x1b[K%s", b.line(now))
	default:
		return
	}
	b.drawn = now
}

// what says what is under way, in a line of its own.
func (b *uploadBar) what() string {
	if b.last.Total == 0 {
		return b.last.What
	}
	return fmt.Sprintf("%s to %s, %s", b.last.What, b.last.ID, megabytes(b.last.Total))
}

// line is what a terminal shows.
func (b *uploadBar) line(now time.Time) string {
	if b.last.Total == 0 {
		return b.last.What
	}
	full := int(b.last.Done * barWidth / b.last.Total)
	rate := float64(b.last.Done) / now.Sub(b.begun).Seconds()
	return fmt.Sprintf("%s to %s [%s%s] %s of %s, %s/s", b.last.What, b.last.ID,
		strings.Repeat("=", full), strings.Repeat(" ", barWidth-full), megabytes(b.last.Done), megabytes(b.last.Total), megabytes(int64(rate)))
}

// end removes the bar, or says that it is over.
func (b *uploadBar) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.finish()
}

func (b *uploadBar) finish() {
	if b.late != nil {
		b.late.Stop()
	}
	took := time.Since(b.begun).Round(100 * time.Millisecond)
	switch {
	case b.drawn.IsZero():
	case isTerminal(b.t.err):
		fmt.Fprint(b.t.err, "\r\x1b[K")
	case b.last.Total == 0:
		fmt.Fprintf(b.t.err, "farside: that took %v\n", took)
	default:
		fmt.Fprintf(b.t.err, "farside: sent %s in %v\n", megabytes(b.last.Done), took)
	}
	b.begun, b.drawn = time.Time{}, time.Time{}
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
