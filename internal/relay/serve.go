package relay

import (
	"context"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/farside-go/farside/internal/child"
	"github.com/farside-go/farside/internal/stdio"
)

const (
	// leaveWait is how long a worker whose near side has gone may take to end by
	// itself, and how long one whose wire has ended.
	leaveWait = 300 * time.Millisecond
	// killBound is how long the end of a killed worker is waited for.
	killBound = 2 * time.Second
	// probeWait is how long a worker may not read its wire before the near side is
	// asked whether it is still there, and how long until it is asked again.
	probeWait = time.Second
	// tellBound is how long a near side may take to take in how the worker ended.
	tellBound = 10 * time.Second
)

// killWish is the body of the end record of a near side that wants the worker
// killed at once.
const killWish = "kill"

// A Relay is the end of a relayed wire that has the worker's process.
type Relay struct {
	// Ended is called, if it is set before Serve, when the worker has ended and before
	// the near side is told.
	Ended func()

	near    net.Conn
	records *Writer
	process *child.Process
	over    chan struct{} // closed when there is nobody to send output to
	leaving sync.WaitGroup
	sources [Stderr + 1]*source
	wire    *Wire // nil if it is relayed
}

// Start starts the worker at path, with env added to this process's environment. Its
// output goes to near. If that succeeds,
// announce is called before anything is written to near. Serve comes next.
func Start(near net.Conn, path string, env []string, announce func() error) (*Relay, error) {
	return start(near, announce, nil, func(printer *stdio.Printer) (*child.Process, error) {
		return child.Start(path, env, printer)
	})
}

// start is Start for a worker with a wire of its own or without.
func start(near net.Conn, announce func() error, wire *Wire, worker func(*stdio.Printer) (*child.Process, error)) (*Relay, error) {
	r := &Relay{near: near, records: NewWriter(near), over: make(chan struct{}), wire: wire}
	for _, stream := range []byte{Stdout, Stderr} {
		r.sources[stream] = newSource(stream, r.records, r.over)
	}
	r.records.mu.Lock()
	defer r.records.mu.Unlock()
	var err error
	r.process, err = worker(stdio.NewPasser(r.sources[Stdout], r.sources[Stderr]))
	if err != nil {
		return nil, err
	}
	announce() // a near side that cannot be written to is noticed by Serve
	return r, nil
}

// PID is the number of the worker's process.
func (r *Relay) PID() int { return r.process.PID() }

// Kill kills the worker, which ends Serve.
func (r *Relay) Kill() { r.process.Kill() }

// Serve passes bytes between the near side, of which read gives what came, and the
// worker until one of them ends. Then it ends the worker with all that it started,
// tells the near side how, closes it and returns.
func (r *Relay) Serve(read io.Reader) child.Exit {
	passed := make(chan struct{})
	go func() { // ends with near, which is closed at the end
		defer close(passed)
		r.passUp(read)
	}()
	pass(r.records, reader{r.process.Conn()}) // ends with the worker, or when near cannot be written to
	exit := r.end()
	if r.Ended != nil {
		r.Ended()
	}
	wire := r.wire.end()
	r.near.SetWriteDeadline(time.Now().Add(tellBound))
	r.records.End(report(exit))
	wire.await(passed)
	r.near.Close()
	<-passed
	r.leaving.Wait()
	return exit
}

// passUp gives the worker what comes from the near side, until that wants it to end.
// Then it goes on reading, since what the worker prints at its end is told too. A
// near side that goes without a word takes the worker with it.
func (r *Relay) passUp(read io.Reader) {
	records := NewReader(read)
	records.beside = r.beside
	to, leave := io.Writer(r.newWire()), sync.OnceFunc(func() { r.leaving.Go(r.leave) }) // leave ends with the process, in a moment
	for {
		if err := pass(to, records); err != nil {
			break
		}
		if records.endBody == killWish {
			r.process.Kill()
		}
		leave()
		to, records.ended = io.Discard, false
	}
	close(r.over)
	r.near.SetWriteDeadline(time.Now().Add(tellBound)) // it may still be there and not read
	r.abandon()
}

// abandon ends a worker that has no near side any more, and its wire, which may be
// held open by what it started.
func (r *Relay) abandon() {
	r.process.Kill()
	r.process.AwaitExit(killBound)
	r.process.Conn().Close()
}

// beside takes what the near side says beside the wire.
func (r *Relay) beside(kind byte, body []byte) error {
	if kind != took || body[0] != Stdout && body[0] != Stderr {
		return fmt.Errorf("relay: a record of kind %d from a near side", kind)
	}
	return r.sources[body[0]].took()
}

// leave ends the worker's wire, and the worker if it does not end for that.
func (r *Relay) leave() {
	if half, ok := r.process.Conn().(interface{ CloseWrite() error }); ok {
		half.CloseWrite()
	}
	if _, ended := r.process.AwaitExit(leaveWait); !ended {
		r.process.Kill()
	}
}

// end makes sure of the worker's end.
func (r *Relay) end() child.Exit {
	r.leave()
	ctx, cancel := context.WithTimeout(context.Background(), killBound)
	defer cancel()
	defer r.process.Conn().Close()
	if err := r.process.End(ctx); err != nil {
		return child.Exit{Code: -1, Signal: "unknown: " + err.Error()}
	}
	exit, _ := r.process.AwaitExit(killBound) // at once
	return exit
}

// pass is io.Copy with a buffer for a whole record.
func pass(to io.Writer, from io.Reader) error {
	_, err := io.CopyBuffer(to, from, make([]byte, maxData))
	return err
}

// reader hides what else a stream can do from io.Copy.
type reader struct{ io.Reader }

// A wire is that of a worker, as it is written to. It takes what a worker that has
// ended does not: that it has is noticed where it is read.
//
// A worker that does not read holds up the reading of the near side, so that its
// going would not be seen. Therefore it is written to meanwhile.
type wire struct {
	relay   *Relay
	writing atomic.Bool
	stuck   *time.Timer
}

func (r *Relay) newWire() *wire {
	w := &wire{relay: r}
	w.stuck = time.AfterFunc(probeWait, w.probe)
	return w
}

func (w *wire) Write(p []byte) (int, error) {
	w.writing.Store(true)
	w.stuck.Reset(probeWait)
	w.relay.process.Conn().Write(p)
	w.writing.Store(false)
	w.stuck.Stop()
	return len(p), nil
}

// probe ends the worker if the near side has gone while it did not read.
func (w *wire) probe() {
	if !w.writing.Load() {
		return
	}
	if err := w.relay.records.record(probe, nil); err != nil {
		w.relay.abandon()
		return
	}
	w.stuck.Reset(probeWait)
}
