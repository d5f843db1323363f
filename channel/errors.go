package channel

import (
	"errors"

	"github.com/farside-go/farside/internal/framed"
	"github.com/farside-go/farside/internal/item"
)

var (
	// ErrClosed is returned for what a channel or a mux cannot do any more
	// because it was closed in an orderly way, by this side or by the other.
	ErrClosed = framed.ErrClosed

	// ErrLost is matched by the error of every call on a mux whose byte stream
	// ended without a goodbye: the other side died or the network went away.
	// The error itself is a *[LostError] that says more.
	ErrLost = errors.New("channel: far side lost")

	// ErrSubscribed is returned by Receive while a subscription takes the items.
	ErrSubscribed = framed.ErrClaimed
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
