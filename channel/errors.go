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

var (
	// ErrClosed is returned for what a channel or a mux cannot do any more
	// because it was closed in an orderly way, by this side or by the other.
	ErrClosed = errors.New("channel: closed")

	// ErrLost is matched by the error of every call on a mux whose byte stream
	// ended without a goodbye: the other side died or the network went away.
	// The error itself is a *[LostError] that says more.
	ErrLost = errors.New("channel: far side lost")

	// ErrSubscribed is returned by Receive while a subscription takes the items.
	ErrSubscribed = errors.New("channel: a subscription takes the items; cancel it to receive")
)

// A LostError says why the other side was lost. It matches [ErrLost].
type LostError struct {
	Cause error // what is known: a read error, a silence, a process's exit
}

func (e *LostError) Error() string {
	if e.Cause == nil {
		return ErrLost.Error()
	}
	return ErrLost.Error() + ": " + e.Cause.Error()
}

// Is reports whether target is [ErrLost].
func (e *LostError) Is(target error) bool { return target == ErrLost }

// Unwrap gives the cause.
func (e *LostError) Unwrap() error { return e.Cause }

// An EncodeError says that a value cannot travel, before a byte of it is sent.
// The channel stays usable.
type EncodeError struct {
	Path   string // where in the value, for example item.Servers[3].Conn
	Reason string
	err    error
}

func (e *EncodeError) Error() string { return "channel: send " + e.Path + ": " + e.Reason }

// Unwrap gives what lies behind, if anything.
func (e *EncodeError) Unwrap() error { return e.err }

// A DecodeError says that an item arrived that is not of the type asked for, or
// that is over the size limit. The item is gone; the channel stays usable.
type DecodeError struct {
	Path   string // where in the item, for example item["port"]
	Reason string
	err    error
}

func (e *DecodeError) Error() string { return "channel: receive " + e.Path + ": " + e.Reason }

// Unwrap gives what lies behind, if anything.
func (e *DecodeError) Unwrap() error { return e.err }

func encodeError(err error) error {
	var at *item.Error
	if errors.As(err, &at) {
		return &EncodeError{Path: at.Path, Reason: at.Msg, err: err}
	}
	return &EncodeError{Path: "item", Reason: err.Error(), err: err}
}

func decodeError(err error) error {
	var at *item.Error
	if errors.As(err, &at) {
		return &DecodeError{Path: at.Path, Reason: at.Msg, err: err}
	}
	return &DecodeError{Path: "item", Reason: err.Error(), err: err}
}

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
