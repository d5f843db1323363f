package opening

import (
	"bufio"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/internal/store"
)

const (
	// thought is how long a near side that has shown who it is may take to come
	// up with a worker: it may have to build it.
	thought = 5 * time.Minute
	// silence is how long nothing may come in the middle of a worker.
	silence = 30 * time.Second
	// maxWindow bounds the memory that unpacking takes.
	maxWindow = 8 << 20
)

// A Host is the server's side of openings. It may be used by several goroutines
// at once.
type Host struct {
	Token   string // what near sides must show; empty if they have shown who they are otherwise
	Own     *Own   // nil if the server brings no worker
	Version string // of farside in that
	Store   *store.Store
}

// Own is the worker that a server brings.
type Own struct{ Path, Hash string }

// A Worker is what a near side asked for: a program to start.
type Worker struct {
	Path    string
	Hash    string
	Release func() // to be called when it has ended
}

const errToken = "the token is wrong, or none was shown"

// Open serves one near side up to the start of its worker. welcome is called once
// it has shown who it is, with the ticket of the connection that it offers for the wire,
// if it does, and may refuse it; up to then conn has the deadline that
// the caller set. An
// error was not told to the near side yet: Refuse does that.
func (h *Host) Open(conn net.Conn, read *bufio.Reader, welcome func(wire *Ticket) error) (*Worker, error) {
	line, err := hello.ReadOpening(read)
	if err != nil {
		return nil, fmt.Errorf("the near side's request: %w", err)
	}
	if h.Token != "" && !sameToken(line.Fields[fieldToken], h.Token) {
		return nil, &RefusedError{Stage: StageAuthenticate, Reason: errToken}
	}
	if err := welcome(parseTicket(line.Fields[fieldWire])); err != nil {
		return nil, err
	}
	for {
		worker, err := h.worker(conn, read, line)
		if !errors.Is(err, store.ErrMissing) {
			return worker, err
		}
		if err := h.answer().line().Write(conn); err != nil {
			return nil, err
		}
		conn.SetDeadline(time.Now().Add(thought))
		if line, err = hello.ReadOpening(read); err != nil {
			return nil, fmt.Errorf("the near side's next request: %w", err)
		}
	}
}

// sameToken compares in a time that does not depend on the tokens.
func sameToken(got, want string) bool {
	a, b := sha256.Sum256([]byte(got)), sha256.Sum256([]byte(want))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// worker gives the worker that a request is for. The error matches
// store.ErrMissing if it is not here.
func (h *Host) worker(conn net.Conn, read *bufio.Reader, line *hello.Line) (*Worker, error) {
	hash := line.Fields[fieldWorker]
	switch {
	case hash == "":
		return nil, store.ErrMissing
	case !store.IsHash(hash):
		return nil, &RefusedError{Stage: StageUpload, Reason: fmt.Sprintf("%.80q is no hash of a worker", hash)}
	case h.Own != nil && hash == h.Own.Hash:
		return &Worker{Path: h.Own.Path, Hash: hash, Release: func() {}}, nil
	}
	if line.Fields[fieldUpload] != "" {
		if err := h.takeIn(conn, read, hash, line.Fields[fieldUpload]); err != nil {
			return nil, &RefusedError{Stage: StageUpload, Reason: err.Error()}
		}
	}
	program, err := h.Store.Use(hash)
	if err != nil {
		if errors.Is(err, store.ErrMissing) {
			return nil, err
		}
		return nil, &RefusedError{Stage: StageUpload, Reason: err.Error()}
	}
	return &Worker{Path: program.Path, Hash: hash, Release: program.Release}, nil
}

// takeIn receives a worker.
func (h *Host) takeIn(conn net.Conn, read *bufio.Reader, hash, packed string) error {
	if packed != packing {
		return fmt.Errorf("a worker that is packed as %.40q cannot be unpacked here, only %s", packed, packing)
	}
	records := relay.NewReader(&patient{conn, read})
	unpacker, err := zstd.NewReader(records, zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	defer unpacker.Close()
	if err := h.Store.Put(hash, unpacker); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, records) // what lies behind, or all if it was here already
	return err
}

// A patient reader waits for more as long as something comes.
type patient struct {
	conn net.Conn
	from io.Reader
}

func (p *patient) Read(b []byte) (int, error) {
	p.conn.SetDeadline(time.Now().Add(silence))
	return p.from.Read(b)
}

// Started tells the near side that what follows is the worker's, and whether its wire is
// the connection that the near side offered.
func (h *Host) Started(conn net.Conn, ownWire bool) error {
	a := h.answer()
	a.Started, a.OwnWire = true, ownWire
	return a.line().Write(conn)
}

func (h *Host) answer() *Answer {
	a := &Answer{OS: runtime.GOOS, Arch: runtime.GOARCH, Version: h.Version}
	if h.Own != nil {
		a.Own = h.Own.Hash
	}
	a.Holds, _ = h.Store.Holds() // one that cannot be read holds nothing
	return a
}

// Refuse tells the near side why it is not served.
func Refuse(conn net.Conn, err error) error {
	stage := StageAuthenticate
	if refused, ok := errors.AsType[*RefusedError](err); ok {
		stage, err = refused.Stage, errors.New(refused.Reason)
	}
	return refusal(stage, err).Write(conn)
}
