package framed

import (
	"errors"
	"log/slog"
	"time"
)

// The errors of what was closed in good order, and of items that somebody else takes.
var (
	ErrClosed  = errors.New("channel: closed")
	ErrClaimed = errors.New("channel: a subscription takes the items; cancel it to receive")
)

// Config is what a mux is set to. All of it must be set.
type Config struct {
	Near      bool          // this side opened the byte stream
	MaxItem   int           // the largest body of a frame
	Queue     int           // bytes of frames that a channel holds before Send waits
	Window    int           // bytes of a channel that are taken in before somebody receives
	KeepAlive time.Duration // bounds how long a silent or stuck other side goes unnoticed
	Logger    *slog.Logger

	// Lost gives the error of every call once the byte stream has ended without a
	// goodbye. It is asked once.
	Lost func(cause error) error

	// EncodeFault and DecodeFault turn the reason of an end into bytes and back; nil
	// into none.
	EncodeFault func(error) []byte
	DecodeFault func([]byte) (error, error)

	// Own makes the owner of a channel that is new.
	Own func(ch *Channel) Owner
}

// An Owner is what gives a channel of frames its meaning.
type Owner interface {
	// Message takes in a message of the control stream about bindings. It must not
	// wait. An error ends the mux.
	Message(kind byte, body []byte) error
}
