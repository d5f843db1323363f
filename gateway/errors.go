package gateway

import (
	"fmt"
	"strings"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/socket"
	"github.com/farside-go/farside/internal/sshdial"
	"github.com/farside-go/farside/internal/stagezero"
)

// ErrLost is matched by the error of every call on a gateway whose far side died
// or fell silent. The details are an [ExitError] where the far side was a
// process of this machine.
var ErrLost = channel.ErrLost

// ErrClosed is returned for what a closed gateway cannot do.
var ErrClosed = channel.ErrClosed

// Stages of Open, as an [OpenError] names them.
const (
	StageSpec         = "spec"                   // read the spec
	StageWorker       = socket.StageWorker       // find the worker's program
	StageResolve      = socket.StageResolve      // find the address of a host
	StageDial         = socket.StageDial         // reach it
	StageHandshake    = sshdial.StageHandshake   // find that SSH is spoken there
	StageKey          = socket.StageKey          // make sure of who is there
	StageAuthenticate = socket.StageAuthenticate // show who is here
	StageSession      = sshdial.StageSession     // start a command over SSH
	StageShell        = stagezero.StageShell     // find a POSIX shell behind a command or SSH
	StageUpload       = socket.StageUpload       // send the worker's program
	StageStart        = socket.StageStart        // start it
	StageHello        = "hello"                  // agree with it
)

// An OpenError says why a gateway could not be opened. Nothing of it is left.
type OpenError struct {
	Spec   string // without secrets
	Stage  string // one of the stages
	Err    error
	Output string // the far side's last words on its standard error
}

func (e *OpenError) Error() string {
	text := fmt.Sprintf("gateway: open %s: %s: %v", e.Spec, e.Stage, e.Err)
	if e.Output != "" {
		text += "; it said:\n\t" + strings.ReplaceAll(e.Output, "\n", "\n\t")
	}
	return text
}

// Unwrap gives the cause.
func (e *OpenError) Unwrap() error { return e.Err }

// An ExitError says how a far side's process ended, or a [Cmd].
type ExitError struct {
	Code   int    // exit status, or -1 if a signal ended it
	Signal string // what ended it, for example "killed"; empty if it exited
	Stderr string // its last words
}

func (e *ExitError) Error() string {
	text := fmt.Sprintf("the far process exited with status %d", e.Code)
	if e.Signal != "" {
		text = "the far process was ended by a signal: " + e.Signal
	}
	if e.Stderr != "" {
		text += "; it said:\n\t" + strings.ReplaceAll(e.Stderr, "\n", "\n\t")
	}
	return text
}

// A RemoteError is an error that happened on the far side.
type RemoteError = channel.RemoteError
