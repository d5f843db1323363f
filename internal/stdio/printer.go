package stdio

import (
	"io"
	"os"
	"reflect"
	"sync"
)

// A Printer is where a far side's output goes: two writers, or one for both.
// Several goroutines never write to one of them at once.
type Printer struct {
	stdout, stderr destination
}

type destination struct {
	to  io.Writer
	tag string
	mu  *sync.Mutex // held while writing

	broken bool // it takes lines in pieces
}

// NewPrinter makes a Printer. In the place of a writer that is nil stands standard
// error, with tag before each line.
func NewPrinter(stdout, stderr io.Writer, tag string) *Printer {
	p := &Printer{stdout: newDestination(stdout, tag), stderr: newDestination(stderr, tag)}
	if sameWriter(p.stdout.to, p.stderr.to) {
		p.stderr.mu = p.stdout.mu
	}
	return p
}

// NewPasser makes a Printer that passes on what comes, as it comes, to where it is made
// lines of.
func NewPasser(stdout, stderr io.Writer) *Printer {
	p := NewPrinter(stdout, stderr, "")
	p.stdout.broken, p.stderr.broken = true, true
	return p
}

func newDestination(to io.Writer, tag string) destination {
	if to == nil {
		return destination{to: os.Stderr, tag: tag, mu: new(sync.Mutex)}
	}
	return destination{to: to, mu: new(sync.Mutex)}
}

// sameWriter compares writers; those of a type that cannot be compared are not
// the same.
func sameWriter(a, b io.Writer) bool {
	return reflect.ValueOf(a).Comparable() && reflect.ValueOf(b).Comparable() && a == b
}

// Stdout makes a writer for one source of standard output.
func (p *Printer) Stdout() *LineWriter { return p.stdout.lines() }

// Stderr makes a writer for one source of standard error.
func (p *Printer) Stderr() *LineWriter { return p.stderr.lines() }

func (d destination) lines() *LineWriter {
	w := NewLineWriter(d.to, d.tag, d.mu)
	w.broken = d.broken
	return w
}
