package channel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/farside-go/farside/internal/item"
)

// A Fault is an error with the details that a RemoteError gives to the other
// side. Code that serves a channel closes it with one to tell more than a text.
type Fault struct {
	Name   string // what kind of error: a Go type, or "compile", "panic", "exit" ...
	Text   string
	Stack  string // one function and position a pair of lines, innermost first
	File   string // where in the user's source, if known
	Line   int
	Column int
	Code   int // exit status, for the name "exit"
}

func (f *Fault) Error() string { return f.Text }

// A RemoteError is an error that happened on the other side and crossed the
// wire; it is never made on this side. Its text is the far error's own.
//
// errors.Is finds in it those of the standard library's sentinels that the far
// error matched: context.Canceled, context.DeadlineExceeded, io.EOF,
// io.ErrUnexpectedEOF, fs.ErrNotExist, fs.ErrExist and fs.ErrPermission.
type RemoteError struct {
	Name   string // what kind of error: its Go type, or "compile", "panic", "exit" ...
	Text   string
	Stack  string // the far stack, when the far side knows it
	File   string // position in the far program's source, when known
	Line   int
	Column int
	Code   int // exit status, for the name "exit"
	is     []string
}

func (e *RemoteError) Error() string { return e.Text }

// Format prints the text, and for %+v the far stack as well.
func (e *RemoteError) Format(s fmt.State, verb rune) {
	switch {
	case verb == 'q':
		fmt.Fprintf(s, "%q", e.Text)
	case verb == 'v' && s.Flag('+') && e.Stack != "":
		io.WriteString(s, e.Text+"\n"+strings.TrimRight(e.Stack, "\n"))
	default:
		io.WriteString(s, e.Text)
	}
}

// Is reports whether the far error matched target, for the sentinels that
// travel.
func (e *RemoteError) Is(target error) bool {
	for _, name := range e.is {
		if sentinels[name] == target {
			return true
		}
	}
	return false
}

var sentinels = map[string]error{
	"context.Canceled":         context.Canceled,
	"context.DeadlineExceeded": context.DeadlineExceeded,
	"io.EOF":                   io.EOF,
	"io.ErrUnexpectedEOF":      io.ErrUnexpectedEOF,
	"fs.ErrNotExist":           fs.ErrNotExist,
	"fs.ErrExist":              fs.ErrExist,
	"fs.ErrPermission":         fs.ErrPermission,
}

// toFault describes err for the wire.
func toFault(err error) item.Fault {
	out := item.Fault{Name: fmt.Sprintf("%T", err), Text: err.Error()}
	var fault *Fault
	var remote *RemoteError
	switch {
	case errors.As(err, &fault):
		out.Name, out.Stack, out.Code = fault.Name, fault.Stack, fault.Code
		out.File, out.Line, out.Column = fault.File, fault.Line, fault.Column
	case errors.As(err, &remote):
		out.Name, out.Stack, out.Code = remote.Name, remote.Stack, remote.Code
		out.File, out.Line, out.Column = remote.File, remote.Line, remote.Column
	}
	for name, sentinel := range sentinels {
		if errors.Is(err, sentinel) {
			out.Is = append(out.Is, name)
		}
	}
	return out
}

// fromFault makes the error that this side sees.
func fromFault(f item.Fault) error {
	return &RemoteError{
		Name: f.Name, Text: f.Text, Stack: f.Stack,
		File: f.File, Line: f.Line, Column: f.Column, Code: f.Code, is: f.Is,
	}
}

// maxFaultText bounds each text of the error that a channel ends with.
const maxFaultText = 256 << 10

// encodeFault gives an error's bytes; none for nil.
func (m *Mux) encodeFault(err error) []byte {
	if err == nil {
		return nil
	}
	fault := toFault(err)
	for _, text := range []*string{&fault.Name, &fault.Text, &fault.Stack, &fault.File} {
		*text = clip(*text)
	}
	codec := item.Codec{ToFault: func(error) item.Fault { return fault }}
	body, encErr := codec.Append(nil, err)
	if encErr != nil { // a fault is plain text: this cannot happen
		m.opts.Logger.Error("encode an error", "error", encErr)
	}
	return body
}

// faults decodes the reason of an end, which no limit of items concerns.
var faults = item.Codec{FromFault: fromFault}

// decodeFault gives the error of an error's bytes; none of none.
func decodeFault(body []byte) (reason, err error) {
	if len(body) == 0 {
		return nil, nil
	}
	if err := faults.Decode(body, &reason); err != nil {
		return nil, err
	}
	return reason, nil
}

func clip(text string) string {
	if len(text) <= maxFaultText {
		return text
	}
	return strings.ToValidUTF8(text[:maxFaultText], "") + " ... (cut)"
}
