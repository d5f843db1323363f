package gobuild

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// What a build failed of, if it is one of these: an [*Error] matches it.
var (
	ErrCompile     = errors.New("it does not compile")
	ErrNoToolchain = errors.New("there is no toolchain")
	ErrTooOld      = errors.New("the toolchain is too old")
	ErrModule      = errors.New("a module cannot be had")
	ErrTarget      = errors.New("the toolchain cannot compile for this system")
	ErrCgo         = errors.New("it needs cgo")
	ErrNoFar       = errors.New("there is no far function to run")
	ErrNotWhole    = errors.New("it is no whole program")
	ErrDiskFull    = errors.New("there is no room left on the disk")
)

// An Error is why a program could not be built.
type Error struct {
	What     string // the package, or the name of the source
	Target   string // such as linux/amd64
	Messages []Message
	Hint     string // what to do, if it is not plain from the messages
	Kind     error  // one of those above, or nil
}

// A Message is one thing that is wrong. Those of the compiler have a position, with the
// file as the user sees it.
type Message struct {
	File         string
	Line, Column int
	Text         string // may have several lines
}

func (m Message) String() string {
	switch {
	case m.File == "":
		return m.Text
	case m.Line == 0:
		return m.File + ": " + m.Text
	case m.Column == 0:
		return fmt.Sprintf("%s:%d: %s", m.File, m.Line, m.Text)
	}
	return fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.Text)
}

// Error is in the words of the compiler, for what it has said.
func (e *Error) Error() string {
	var lines []string
	for _, m := range e.Messages {
		lines = append(lines, m.String())
	}
	text := strings.Join(lines, "\n")
	if len(e.Messages) == 0 || e.Messages[0].File == "" {
		text = fmt.Sprintf("build %s for %s: %s", e.What, e.Target, text)
	}
	if e.Hint != "" {
		text += "\n" + e.Hint
	}
	return text
}

func (e *Error) Unwrap() error { return e.Kind }

// failed is the Error of the job, with one message.
func (j *job) failed(kind error, text string) *Error {
	return &Error{What: j.what(), Target: j.target(), Kind: kind, Messages: []Message{{Text: text}}}
}

func (j *job) notWhole() *Error {
	return j.failed(ErrNotWhole, "it is no whole program, which is a package main with a function main, with no far function asked for")
}

func (j *job) target() string { return j.GOOS + "/" + j.GOARCH }

// position is how a line of the compiler begins.
var position = regexp.MustCompile(`^((?:[A-Za-z]:)?[^:\t]+):([0-9]+)(?::([0-9]+))?: (.*)$`)

// messagesOf takes apart what the go command said. The names of packages that it puts
// over the errors in them are left out: the positions tell.
func messagesOf(text string) (list []Message) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "# ") || line == "" {
			continue
		}
		if strings.HasPrefix(line, "\t") && len(list) > 0 {
			list[len(list)-1].Text += "\n" + line
			continue
		}
		m := Message{Text: line}
		if found := position.FindStringSubmatch(line); found != nil {
			m.File, m.Text = found[1], found[4]
			m.Line, _ = strconv.Atoi(found[2])
			m.Column, _ = strconv.Atoi(found[3])
		}
		list = append(list, m)
	}
	return list
}

// kinds tell by the words of the go command what a build failed of.
var kinds = []struct {
	words string
	kind  error
	hint  string
}{
	{`requires go >= |requires newer Go version|note: module requires Go|package requires newer Go|toolchain not available`, ErrTooOld,
		"install a newer Go, or let it fetch one with GOTOOLCHAIN=auto"},
	{`unsupported GOOS/GOARCH pair|cmd/go: unsupported`, ErrTarget,
		"`go tool dist list` lists the systems that Go compiles for"},
	{`no space left on device|disk quota exceeded|not enough space on the disk`, ErrDiskFull,
		"make room where GOCACHE, TMPDIR and this user's cache are"},
	{`C compiler "[^"]*" not found|cgo: C compiler|requires external \(cgo\) linking`, ErrCgo,
		"install a C compiler for the far side's system and name it in CC"},
	{`no required module provides package|cannot find module providing package|import lookup disabled by -mod`, ErrModule,
		"require the module, or name it with its version beside a Source: Modules(\"PATH@VERSION\")"},
	{`cannot find module|module lookup disabled|missing go.sum entry|cannot query module|` +
		`is not in std|unknown revision|invalid version|unrecognized import path|reading https?://|reading file://|verifying module|` +
		`inconsistent vendoring|cannot find package|dial tcp|no matching versions`, ErrModule, ""},
}

var matchers = func() (list []*regexp.Regexp) {
	for _, k := range kinds {
		list = append(list, regexp.MustCompile(k.words))
	}
	return list
}()

// said is the Error of a go command that did not succeed.
func (j *job) said(text string) *Error {
	e := &Error{What: j.what(), Target: j.target(), Messages: messagesOf(text)}
	for i, k := range kinds {
		if matchers[i].MatchString(text) {
			e.Kind, e.Hint = k.kind, k.hint
			return e
		}
	}
	if len(e.Messages) > 0 && e.Messages[0].Line > 0 {
		e.Kind = ErrCompile
	}
	return e
}
