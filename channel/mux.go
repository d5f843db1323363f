package channel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/farside-go/farside/internal/framed"
	"github.com/farside-go/farside/internal/item"
)

// channelTag is the CBOR tag of a channel inside an item; the content is its id (P5).
const channelTag = 0x464331

// A Mux carries channels over one byte stream.
//
// All methods may be called concurrently. Whoever made a mux closes it; the end
// of a mux ends all its channels. The byte stream belongs to the mux from NewMux
// on.
type Mux struct {
	opts   Options
	side   Side
	codec  item.Codec
	frames *framed.Mux
}

// NewMux starts a mux on conn, which must end a blocked Read when it is closed.
// The other end of conn must be a mux of the other side.
func NewMux(conn io.ReadWriteCloser, side Side, opts *Options) (*Mux, error) {
	m := &Mux{opts: opts.withDefaults(), side: side}
	m.codec = item.Codec{
		MaxBytes:  m.opts.MaxItem,
		ToFault:   toFault,
		FromFault: fromFault,
		Refs: []item.Ref{{
			Tag: channelTag, Type: reflect.TypeFor[*Channel](), ID: m.refer, Resolve: m.resolve,
		}},
	}
	frames, err := framed.NewMux(conn, &framed.Config{
		Near:    side == Near,
		MaxItem: m.opts.MaxItem, Queue: m.opts.Queue, Window: m.opts.Window,
		KeepAlive: m.opts.KeepAlive, Logger: m.opts.Logger,
		Lost:        m.endOf,
		EncodeFault: m.encodeFault,
		DecodeFault: decodeFault,
		Own:         m.own,
	})
	if err != nil {
		return nil, fmt.Errorf("channel: start the mux: %w", err)
	}
	m.frames = frames
	return m, nil
}

// endOf gives what the mux ends with when its byte stream has ended.
func (m *Mux) endOf(cause error) error {
	if known := m.opts.Ended(cause); known != nil {
		return known
	}
	return &LostError{Cause: m.opts.Lost(cause)}
}

// New makes a channel whose other end the other side gets when it receives the
// channel inside an item. It can be used at once.
func (m *Mux) New(ctx context.Context) (*Channel, error) { return owned(m.frames.New(ctx)) }

// Open makes a channel whose other end the other side gets from Accept, with
// label, which must not be empty. It can be used at once.
func (m *Mux) Open(ctx context.Context, label string) (*Channel, error) {
	return owned(m.frames.Open(ctx, label))
}

// Accept waits for a channel that the other side opened with a label.
func (m *Mux) Accept(ctx context.Context) (*Channel, error) { return owned(m.frames.Accept(ctx)) }

// Done is closed when the mux has ended: by Close here, or because the byte
// stream ended.
func (m *Mux) Done() <-chan struct{} { return m.frames.Done() }

// Err is nil until Done is closed, then [ErrClosed] if this side closed the mux
// and otherwise a *[LostError], or what [Options].Ended knows.
func (m *Mux) Err() error { return m.frames.Err() }

// Close ends the mux and all its channels and closes the byte stream. What is
// queued is dropped. It returns when the mux's goroutines have ended, or with an
// error when the byte stream does not let them.
func (m *Mux) Close() error { return m.frames.Close() }

// Flush waits until what this side has sent on all channels is on its way, or ctx ends.
func (m *Mux) Flush(ctx context.Context) error { return m.frames.Flush(ctx) }

// Channels is how many channels are open or have items left.
func (m *Mux) Channels() int { return m.frames.Channels() }

// refer gives the id of a channel inside an item.
func (m *Mux) refer(v any) (uint64, error) {
	ch := v.(*Channel)
	if ch.m != m {
		return 0, errors.New("a channel of another gateway cannot be sent")
	}
	if err := ch.Err(); err != nil {
		return 0, errors.New("a channel that has ended cannot be sent")
	}
	return uint64(ch.ID()), nil
}

func (m *Mux) resolve(id uint64) (any, error) {
	ch, err := owned(m.frames.Lookup(id))
	if err != nil {
		return nil, err
	}
	return ch, nil
}
