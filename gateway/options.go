package gateway

import (
	"context"
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

	// StartTimeout bounds how long the far side may do nothing before its hello,
	// beside the ctx of Open. Default 30 s.
	StartTimeout time.Duration

	// MaxItem is the largest encoded item in bytes. Default 64 MiB.
	MaxItem int

	// Progress is told how a long Open gets on, and what a program that is built takes,
	// from one goroutine at a time. It must not block. Default: nothing is told.
	Progress func(Progress)

	// Prompt asks a person for what opening an SSH gateway needs: passphrases,
	// passwords, and whether a new host is to be trusted. It is called from one
	// goroutine at a time. Default: nobody is asked, and what needs it fails.
	Prompt func(ctx context.Context, p *Prompt) (answers []string, err error)

	// Logger receives what goes wrong beside the calls. Default: discard.
	Logger *slog.Logger
}

// Progress is how far an Open has got in sending a worker to a far side that does
// not have it, or an Exec in making a program and sending that.
type Progress struct {
	ID          string // of the gateway
	What        string // is done, such as "sending the worker"
	Done, Total int64  // bytes of what is sent, before they are packed; 0 while nothing is
}

// sendingWorker is what Open may take long for.
const sendingWorker = "sending the worker"

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
	if out.Progress == nil {
		out.Progress = func(Progress) {}
	}
	if out.Logger == nil {
		out.Logger = slog.New(slog.DiscardHandler)
	}
	return out
}
