package bothways

import (
	"bytes"
	"cmp"
	"regexp"
	"strings"
	"sync"
	"time"
)

// An Outcome is all that a program's run is judged by.
type Outcome struct {
	Refused string // why it did not start: the compiler's or the far side's words; "" if it ran
	Unended bool   // it was stopped because it took too long
	Stdout  string
	Stderr  string // without the report of a crash
	Crash   string // what a crash's report says first, for example "panic: text"
	Exit    int    // status, or -1
	Signal  string // what ended the process, if a signal did
}

// Limits bound what one program may take. Zero fields mean the defaults.
type Limits struct {
	Time   time.Duration // default 60 s
	Output int           // bytes kept of each stream; default 1 MiB
}

func (l Limits) withDefaults() Limits {
	return Limits{
		Time:   cmp.Or(l.Time, time.Minute),
		Output: cmp.Or(l.Output, 1<<20),
	}
}

// statusOfCrash is what the runtime exits with when a program crashes.
const statusOfCrash = 2

var (
	crashStart = regexp.MustCompile(`panic: |fatal error: `)
	traceStart = regexp.MustCompile(`(?m)^(goroutine |runtime stack:)`)
	beforeIt   = regexp.MustCompile(`(?m)(^(runtime: |sp=).*\n)*\z`) // what the runtime says before a fatal error
)

// splitCrash cuts the report of a crash off the end of a standard error: what
// the program wrote itself, and the line of the report that says what ended it. A
// report is told by the trace of goroutines in it.
func splitCrash(stderr string) (before, crash string) {
	trace := traceStart.FindStringIndex(stderr)
	start := crashStart.FindStringIndex(stderr)
	if trace == nil || start == nil || start[0] > trace[0] {
		return stderr, ""
	}
	before = stderr[:start[0]]
	return before[:beforeIt.FindStringIndex(before)[0]], crashLine(stderr[start[0]:trace[0]])
}

// crashLine gives the first line of a crash's report, or of the last panic in it
// if there were several: each is on a line of its own.
func crashLine(report string) string {
	if i := strings.LastIndex(report, "\n\tpanic: "); i >= 0 {
		report = report[i+len("\n\t"):]
	}
	return firstLine(report)
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// A capture keeps the first bytes that are written to it and drops the rest.
type capture struct {
	limit int

	mu  sync.Mutex
	buf bytes.Buffer
}

func (c *capture) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.buf.Write(p[:min(len(p), c.limit-c.buf.Len())])
	return len(p), nil
}

func (c *capture) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.buf.String()
}
