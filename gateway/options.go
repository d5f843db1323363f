package gateway

import (
	"io"
	"log/slog"
	"time"
)

// Options are the settings of a gateway. Nil means all defaults.
type Options struct {
	// Stdout and Stderr receive what the far side prints, whole lines in each
	// write. Several goroutines never write to one of them at once. A writer
	// that blocks holds up only what prints. Default for both: standard error,
	// each line tagged with the gateway's id.
	Stdout, Stderr io.Writer

	// Grace is how long Close lets programs end by themselves. Default 5 s.
	Grace time.Duration

	// KeepAlive bounds how long a silent far side goes unnoticed. Default 30 s.
	KeepAlive time.Duration

	// StartTimeout bounds the start of the far side up to its hello, beside the
	// ctx of Open. Default 30 s.
	StartTimeout time.Duration

	// MaxItem is the largest encoded item in bytes. Default 64 MiB.
	MaxItem int

	// Logger receives what goes wrong beside the calls. Default: discard.
	Logger *slog.Logger
}

const (
	defaultGrace        = 5 * time.Second
	defaultStartTimeout = 30 * time.Second
)

func (o *Options) withDefaults() Options {
	var out Options
	if o != nil {
		out = *o
	}
	if out.Grace <= 0 {
		out.Grace = defaultGrace
	}
	if out.StartTimeout <= 0 {
		out.StartTimeout = defaultStartTimeout
	}
	if out.Logger == nil {
		out.Logger = slog.New(slog.DiscardHandler)
	}
	return out
}
