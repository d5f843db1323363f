package opening

import (
	"fmt"
	"slices"
	"strings"

	"github.com/farside-go/farside/internal/hello"
)

// Fields of the near side's lines.
const (
	fieldToken  = "token"
	fieldWorker = "worker" // the hash of the worker to start
	fieldUpload = "upload" // how the worker that follows is packed
	fieldWire   = "wire"   // the ticket of a connection for the wire; in the server's lines that it is used
)

// Fields of the server's lines.
const (
	fieldOS      = "os"
	fieldArch    = "arch"
	fieldVersion = "version"
	fieldOwn     = "own"   // the hash of the worker that the server brings
	fieldHolds   = "holds" // the hashes of those that it keeps, with commas between
	fieldState   = "state"
	fieldError   = "error"
	fieldStage   = "stage" // at which an error came about
)

// States that a server answers.
const (
	started = "started" // what follows is the worker's
	wanted  = "wanted"  // the worker is not here
)

// ownWire is what a server says that takes the second connection for the wire.
const ownWire = "own"

// packing is the only one there is.
const packing = "zstd"

// mostHolds bounds how many hashes are told; a line has an end.
const mostHolds = 256

// Stages at which an opening fails.
const (
	StageAuthenticate = "authenticate"
	StageUpload       = "upload"
	StageStart        = "start"
)

// A RefusedError is the server's own word that it does not serve.
type RefusedError struct {
	Stage  string // one of the stages
	Reason string
}

func (e *RefusedError) Error() string { return "the server refused: " + e.Reason }

// An Answer is what a server tells.
type Answer struct {
	OS, Arch string
	Own      string   // the hash of the worker that the server brings, if any
	Version  string   // of farside in that
	Holds    []string // the hashes of workers that it keeps
	Started  bool     // what follows is the worker's
	OwnWire  bool     // the worker's wire is the connection that has shown the ticket
}

// Has reports whether the server has the worker with this hash.
func (a *Answer) Has(hash string) bool { return hash == a.Own || slices.Contains(a.Holds, hash) }

func (a *Answer) line() *hello.Line {
	state := wanted
	if a.Started {
		state = started
	}
	holds := a.Holds[:min(len(a.Holds), mostHolds)]
	line := &hello.Line{Version: hello.Opening, Fields: map[string]string{
		fieldOS: a.OS, fieldArch: a.Arch, fieldVersion: a.Version, fieldOwn: a.Own,
		fieldHolds: strings.Join(holds, ","), fieldState: state,
	}}
	if a.OwnWire {
		line.Fields[fieldWire] = ownWire
	}
	return line
}

func answerOf(line *hello.Line) (*Answer, error) {
	if reason, refused := line.Fields[fieldError]; refused {
		return nil, &RefusedError{Stage: line.Fields[fieldStage], Reason: reason}
	}
	a := &Answer{
		OS: line.Fields[fieldOS], Arch: line.Fields[fieldArch], Version: line.Fields[fieldVersion],
		Own: line.Fields[fieldOwn], OwnWire: line.Fields[fieldWire] == ownWire,
	}
	if holds := line.Fields[fieldHolds]; holds != "" {
		a.Holds = strings.Split(holds, ",")
	}
	switch state := line.Fields[fieldState]; state {
	case started:
		a.Started = true
	case wanted:
	default:
		return nil, fmt.Errorf("the server answered with a state %.40q that this side does not know", state)
	}
	return a, nil
}

// refusal is the line of a server that does not serve.
func refusal(stage string, err error) *hello.Line {
	line := hello.Refusal(err)
	line.Version, line.Fields[fieldStage] = hello.Opening, stage
	return line
}
