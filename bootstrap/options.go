package bootstrap

import (
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/farside-go/farside/internal/pin"
	"github.com/farside-go/farside/internal/store"
)

// Options are the settings of a [Server]. Nil means all defaults.
type Options struct {
	// KeyFile holds the key by which near sides know the server. It is made if
	// it is missing. Default: a fresh key that is kept nowhere.
	KeyFile string

	// Token is what a near side must show: at least 16 printable characters, no
	// blanks and no double slash. Default: a fresh one.
	Token string

	// ClientCAs, if set, are whose certificates near sides must show, instead of
	// a token.
	ClientCAs *x509.CertPool

	// Store is the folder in which workers are kept. Default: farside/workers in
	// the user's cache folder.
	Store string

	// StoreBytes bounds the store. Those that were not used for the longest time
	// go, never one in use. Default 1 GiB.
	StoreBytes int64

	// Worker is the path of a worker that near sides may use if they have none
	// for this system. Default: none.
	Worker string

	// MaxConns bounds how many near sides are served at once. Default 256.
	MaxConns int

	// HandshakeTimeout bounds how long a near side may take to show who it is.
	// Default 10 s.
	HandshakeTimeout time.Duration

	// IdleTimeout ends the server when there was nobody for so long. Default:
	// never.
	IdleTimeout time.Duration

	// Once ends the server after the first near side that it let in.
	Once bool

	// Logger receives who comes and goes, and why one was refused. Default:
	// discard.
	Logger *slog.Logger
}

const (
	defaultMaxConns         = 256
	defaultHandshakeTimeout = 10 * time.Second
	minToken                = 16
)

func (o *Options) withDefaults() Options {
	var out Options
	if o != nil {
		out = *o
	}
	if out.Token == "" {
		out.Token = rand.Text()
	}
	if out.ClientCAs != nil {
		out.Token = ""
	}
	if out.MaxConns <= 0 {
		out.MaxConns = defaultMaxConns
	}
	if out.HandshakeTimeout <= 0 {
		out.HandshakeTimeout = defaultHandshakeTimeout
	}
	if out.Logger == nil {
		out.Logger = slog.New(slog.DiscardHandler)
	}
	return out
}

func (o *Options) check() error {
	switch {
	case o.ClientCAs != nil:
		return nil
	case len(o.Token) < minToken:
		return fmt.Errorf("a token of %d characters is easy to guess; it needs at least %d", len(o.Token), minToken)
	case strings.Contains(o.Token, "//") || strings.ContainsFunc(o.Token, func(c rune) bool { return c <= ' ' || c > '~' }):
		return errors.New("a token with blanks, a double slash or other than ASCII characters does not fit into a spec")
	}
	return nil
}

func (o *Options) key() (*pin.Key, error) {
	if o.KeyFile == "" {
		return pin.NewKey()
	}
	key, made, err := pin.LoadKey(o.KeyFile)
	if made {
		o.Logger.Info("made a new key", "file", o.KeyFile, "key", key.Fingerprint())
	}
	return key, err
}

func (o *Options) store() (*store.Store, error) {
	dir := o.Store
	if dir == "" {
		var err error
		if dir, err = store.Default(); err != nil {
			return nil, err
		}
	}
	return store.Open(dir, &store.Options{MaxBytes: o.StoreBytes})
}
