package sshdial

import (
	"errors"
	"fmt"
)

// Stages at which an Open or a Start fails.
const (
	StageResolve      = "resolve"      // read the configuration, find the address
	StageDial         = "dial"         // reach it
	StageHandshake    = "handshake"    // find that SSH is spoken there
	StageKey          = "host key"     // make sure of who is there
	StageAuthenticate = "authenticate" // show who is here
	StageSession      = "session"      // start a command
)

// An Error says at which stage and with which server something failed.
type Error struct {
	Stage string
	Host  string // user@host:port, or the destination as it was named
	Err   error
}

func (e *Error) Error() string { return fmt.Sprintf("ssh %s: %s: %v", e.Host, e.Stage, e.Err) }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// ErrClosed is why a connection ended that was closed on this side.
var ErrClosed = errors.New("the connection was closed")

// ErrSilent is why a connection ended whose server did not answer any more.
var ErrSilent = errors.New("the server does not answer any more")
