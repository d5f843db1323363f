package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/farside-go/farside/gateway"
)

const (
	// uploadDelay is how long an upload may take before it is shown at all.
	uploadDelay = 500 * time.Millisecond
	// uploadRedraw is how often the line of a terminal is drawn anew.
	uploadRedraw = 100 * time.Millisecond
	barWidth     = 24
)

// An uploadBar shows how far the upload of a worker has got: a bar on a terminal, a
// line at the beginning and one at the end elsewhere, and nothing where it is quick.
type uploadBar struct {
	t     *terminal
	begun time.Time // of the upload
	drawn time.Time
	last  gateway.Progress
}

func newUploadBar(t *terminal) *uploadBar { return &uploadBar{t: t} }

// show is told of progress.
func (b *uploadBar) show(p gateway.Progress) {
	now := time.Now()
	if b.begun.IsZero() {
		b.begun = now
	}
	b.last = p
	terminal := isTerminal(b.t.err)
	switch {
	case now.Sub(b.begun) < uploadDelay:
	case !terminal && b.drawn.IsZero():
		fmt.Fprintf(b.t.err, "farside: sending the worker to %s, %s\n", p.ID, megabytes(p.Total))
		b.drawn = now
	case terminal && now.Sub(b.drawn) >= uploadRedraw:
		fmt.Fprintf(b.t.err, "\r\x1b[K%s", b.line(now))
		b.drawn = now
	}
}

// line is what a terminal shows.
func (b *uploadBar) line(now time.Time) string {
	full := 0
	if b.last.Total > 0 {
		full = int(b.last.Done * barWidth / b.last.Total)
	}
	rate := float64(b.last.Done) / now.Sub(b.begun).Seconds()
	return fmt.Sprintf("sending the worker to %s [%s%s] %s of %s, %s/s", b.last.ID,
		strings.Repeat("=", full), strings.Repeat(" ", barWidth-full), megabytes(b.last.Done), megabytes(b.last.Total), megabytes(int64(rate)))
}

// end removes the bar, or says that it is over.
func (b *uploadBar) end() {
	switch {
	case b.drawn.IsZero():
	case isTerminal(b.t.err):
		fmt.Fprint(b.t.err, "\r\x1b[K")
	default:
		fmt.Fprintf(b.t.err, "farside: sent %s in %v\n", megabytes(b.last.Done), time.Since(b.begun).Round(100*time.Millisecond))
	}
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
