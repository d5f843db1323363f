// Package request holds what a near side asks of a worker: the labels of the
// channels and the first items on them (docs/protocol.md, P8 to P22).
package request

import (
	"net"
	"time"

	"github.com/farside-go/farside/channel"
)

// Labels of channels that the near side opens.
const (
	Exec      = "exec"      // first item: Program; then the program's own channel
	Calls     = "calls"     // items: Programs that are functions; the worker sends an Answer to each
	Command   = "command"   // first item: a Process; then names of signals; the worker sends ProcessNews
	Import    = "import"    // first item: Tree; ends when it is done
	Status    = "status"    // the worker sends a State and closes
	Terminate = "terminate" // first item: the grace; the worker ends its programs and itself
	Dial      = "dial"      // first item: an address; the worker answers with a Dialed, then come bytes
	Listen    = "listen"    // first item: an address; the worker answers with its own, then come Accepteds
	Spawn     = "spawn"     // first item: a Spawned; then comes a relayed wire
	Serve     = "serve"     // first item: an address; the worker answers with a Serving
	Keep      = "keep"      // first item: a Kept; the worker answers with a Keeping, and again behind the program
	Programs  = "programs"  // first item: a Stock; the worker answers with a Stocked
)

// Output is the label of the channel that a worker opens when a program prints
// for the first time. First item: the id of the program's channel. Then []byte
// items, whose first byte is 1 or 2 and the rest what was printed. The near side
// closes it when all is written.
const Output = "output"

// Input is the label of the channel that a worker opens when a program first reads
// its standard input. First item: the id of the program's channel. Then the near
// side sends []byte items and closes it at the end, with the error of what it read
// from if that is not io.EOF. The worker closes it when the program has ended.
const Input = "input"

// Streams of an Output item.
const (
	Stdout = 1
	Stderr = 2
)

// A Program is what Exec runs.
type Program struct {
	Name    string        `cbor:"name,omitempty"`
	Source  string        `cbor:"source,omitempty"`
	Func    string        `cbor:"func,omitempty"`
	Session string        `cbor:"session,omitempty"`
	Args    []channel.Raw `cbor:"args,omitempty"`

	// Function is the name of a registered function, which is run in the place of
	// source; Build tells the program that it is a function of, and empty is any.
	Function string `cbor:"function,omitempty"`
	Build    string `cbor:"build,omitempty"`

	// ParseArgs says that arguments that are strings are those of a command line.
	ParseArgs bool `cbor:"parse,omitempty"`

	// Timeout is what is left until the program's deadline; 0 means none.
	Timeout time.Duration `cbor:"timeout,omitempty"`

	// Kept is the hash of a whole program that is kept (P23), instead of a source. The
	// worker's first item is a Spawning.
	Kept string `cbor:"kept,omitempty"`

	// Mark asks for the end of what the worker's process prints: when the program has
	// returned, the mark is printed on its standard streams.
	Mark string `cbor:"mark,omitempty"`

	// Input has the standard input of the process be that of the program.
	Input bool `cbor:"input,omitempty"`

	// Result asks for what the program returns as the last item, also when it
	// is nil.
	Result bool `cbor:"result,omitempty"`
}

// An Answer is how a call of Calls ended.
type Answer struct {
	Result channel.Raw `cbor:"result,omitempty"`
	Err    error       `cbor:"error,omitempty"`
}

// A Process is a process to start. Its standard streams are channels of bytes; one that
// is missing is the null device, and two may be the same.
type Process struct {
	Path   string           `cbor:"path"` // looked up in the PATH over there unless there is a slash in it
	Args   []string         `cbor:"args"` // from its own name on
	Env    []string         `cbor:"env"`  // nil is that of the worker
	Dir    string           `cbor:"dir,omitempty"`
	Grace  time.Duration    `cbor:"grace"` // from TERM to KILL, when the channel's context ends
	Stdin  *channel.Channel `cbor:"stdin,omitempty"`
	Stdout *channel.Channel `cbor:"stdout,omitempty"`
	Stderr *channel.Channel `cbor:"stderr,omitempty"`
}

// ProcessNews is what a worker tells of a Process: that it runs, that a signal was sent,
// or could not be, and how it ended.
type ProcessNews struct {
	PID       int         `cbor:"pid,omitempty"`
	Signalled bool        `cbor:"signalled,omitempty"`
	Err       error       `cbor:"error,omitempty"`
	End       *ProcessEnd `cbor:"end,omitempty"`
}

// A ProcessEnd is how a process ended.
type ProcessEnd struct {
	Code   int    `cbor:"code"`             // its exit status, -1 for a signal
	Signal string `cbor:"signal,omitempty"` // what ended it, in the words of its system
}

// A Tree is a package tree to be made importable.
type Tree struct {
	Path  string            `cbor:"path"`
	Files map[string][]byte `cbor:"files"`

	// Irregular names what is neither a file nor a folder.
	Irregular []string `cbor:"irregular,omitempty"`
}

// A State is a worker's answer to Status.
type State struct {
	Channels   int    `cbor:"channels"`
	Running    int    `cbor:"running"`
	Abandoned  int    `cbor:"abandoned"`
	Goroutines int    `cbor:"goroutines"`
	Memory     uint64 `cbor:"memory"`
	Objects    int    `cbor:"objects"`
}

// Dialed tells the addresses of a connection that a worker made.
type Dialed struct {
	Local  Addr `cbor:"local"`
	Remote Addr `cbor:"remote"`
}

// Accepted is a connection that came in at an address where a worker listens. Its
// bytes go over a channel of its own.
type Accepted struct {
	Channel *channel.Channel `cbor:"channel"`
	Local   Addr             `cbor:"local"`
	Remote  Addr             `cbor:"remote"`
}

// Spawned says which worker to start.
type Spawned struct {
	Worker  string   `cbor:"worker,omitempty"`  // path of its program; empty means the hop's own
	Program string   `cbor:"program,omitempty"` // instead of a path: hash of a program that is kept
	Env     []string `cbor:"env,omitempty"`
}

// Spawning is a worker's answer to Spawned, and to a Program that is kept.
type Spawning struct {
	Missing bool `cbor:"missing,omitempty"` // the program is to be kept first; nothing was started
}

// Kept is a program that a far side is to keep. Its bytes follow, packed, if the answer
// wants them.
type Kept struct {
	Hash string `cbor:"hash"` // SHA-256, in hexadecimal digits
	Size int64  `cbor:"size"`
	Once bool   `cbor:"once,omitempty"` // it goes when the worker does
}

// Keeping tells how it is with a program that is to be kept.
type Keeping struct {
	Held  bool   `cbor:"held,omitempty"`
	Path  string `cbor:"path,omitempty"`  // at which it can be started, if it is held
	Fault string `cbor:"fault,omitempty"` // it could not be kept where it was put: ask again for the next place
}

// Stock asks what programs are kept, or rather has some of them removed.
type Stock struct {
	Remove []Stored `cbor:"remove,omitempty"` // which nobody has used since
}

// Stocked is what a far side keeps, or what it has removed.
type Stocked struct {
	Programs []Stored `cbor:"programs"`
}

// Stored is a program that is kept in a folder.
type Stored struct {
	Folder string    `cbor:"folder"`
	Hash   string    `cbor:"hash"`
	Size   int64     `cbor:"size"`
	Used   time.Time `cbor:"used"` // last
}

// Serving tells of a socket server that a worker runs as long as the channel is open.
type Serving struct {
	Spec string `cbor:"spec"` // that reaches it from its own machine
}

// An Addr is an address on the network of a far side.
type Addr struct {
	Net  string `cbor:"network"`
	Text string `cbor:"address"`
}

// Network is the kind of the address, for example "tcp".
func (a Addr) Network() string { return a.Net }

func (a Addr) String() string { return a.Text }

// AddrOf gives an address in the form that travels.
func AddrOf(a net.Addr) Addr { return Addr{Net: a.Network(), Text: a.String()} }

// Fields of the near side's hello.
const (
	FieldID    = "id"
	FieldChdir = "chdir"
	FieldNice  = "nice"

	// FieldKeepAlive bounds how long this side may be silent, as a duration.
	FieldKeepAlive = "keepalive"

	FieldMemory = "memory" // in bytes
	FieldEnv    = "env:"   // a prefix
)

// Fields of the far side's hello.
const (
	FieldPID     = "pid"
	FieldHost    = "host"
	FieldUser    = "user"
	FieldOS      = "os"
	FieldArch    = "arch"
	FieldGo      = "go"
	FieldVersion = "version"
	FieldDir     = "dir"
	FieldSource  = "source" // "1" if the worker runs source
)
