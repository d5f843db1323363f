package channel

import (
	"log/slog"
	"time"
)

// Side says which end of the byte stream a mux is. The two ends must differ.
type Side int

// The near side opened the byte stream, the far side was brought up by it.
const (
	Near Side = iota + 1
	Far
)

// Options are the settings of a [Mux]. Nil means all defaults.
type Options struct {
	// MaxItem is the largest encoded item in bytes. Default 64 MiB.
	MaxItem int

	// Queue is how many bytes of items a channel holds that are not yet on
	// their way before Send blocks. Default 256 KiB.
	Queue int

	// Window is how many bytes of a channel this side takes in before somebody
	// receives them. On a link with a long delay one channel moves at most a
	// window each round trip. Default 512 KiB, at least 256 KiB.
	Window int

	// KeepAlive bounds how long a silent or stuck other side goes unnoticed.
	// Default 30 s.
	KeepAlive time.Duration

	// Lost, if set, is asked once when the byte stream has ended without a
	// goodbye; what it returns becomes the cause of the [LostError] that every
	// blocked and later call gets. Those calls wait for it, so it must not take
	// longer than they may.
	Lost func(cause error) error

	// Ended, if set, is asked before Lost. What it returns, if that is not nil, is
	// itself the error of every blocked and later call: the other side is not lost, but
	// known to have ended. It must not take longer than those calls may.
	Ended func(cause error) error

	// Logger receives what goes wrong below the channels. Default: discard.
	Logger *slog.Logger
}

const (
	defaultMaxItem   = 64 << 20
	defaultQueue     = 256 << 10
	defaultWindow    = 512 << 10
	defaultKeepAlive = 30 * time.Second
	minWindow        = 256 << 10 // yamux's initial window cannot be lowered
)

func (o *Options) withDefaults() Options {
	var out Options
	if o != nil {
		out = *o
	}
	if out.MaxItem <= 0 {
		out.MaxItem = defaultMaxItem
	}
	if out.Queue <= 0 {
		out.Queue = defaultQueue
	}
	if out.Window <= 0 {
		out.Window = defaultWindow
	}
	out.Window = max(out.Window, minWindow)
	if out.KeepAlive <= 0 {
		out.KeepAlive = defaultKeepAlive
	}
	if out.Lost == nil {
		out.Lost = func(cause error) error { return cause }
	}
	if out.Ended == nil {
		out.Ended = func(error) error { return nil }
	}
	if out.Logger == nil {
		out.Logger = slog.New(slog.DiscardHandler)
	}
	return out
}
