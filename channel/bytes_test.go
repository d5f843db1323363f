package channel_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"testing"

	"github.com/farside-go/farside/channel"
)

// What goes over the wire, byte by byte: two sides that are wrong in the same way
// understand each other.

// expect reads from a stream of the raw peer what must come next.
func (p *rawPeer) expect(from io.Reader, what string, want []byte) {
	p.t.Helper()
	got := make([]byte, len(want))
	if _, err := io.ReadFull(from, got); err != nil || !bytes.Equal(got, want) {
		p.t.Errorf("%s is % x, %v; want % x", what, got, err, want)
	}
}

// expectEnd reads the end of a stream.
func (p *rawPeer) expectEnd(from io.Reader) {
	p.t.Helper()
	if n, err := from.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		p.t.Errorf("behind the last frame came %d bytes, %v", n, err)
	}
}

// P3, P6: yamux of version 0, in which the near side is the client, and the first stream
// that it opens is for control.
func TestFirstStreamsAsBytes(t *testing.T) {
	for side, want := range map[channel.Side][]byte{
		// version, window update, SYN, id, delta: the control stream, then the channel
		channel.Near: {0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 0, 0, 0, 1, 0, 1, 0, 0, 0, 3, 0, 4, 0, 0},
		channel.Far:  {0, 1, 0, 1, 0, 0, 0, 2, 0, 4, 0, 0},
	} {
		a, b := bufferless(t)
		opened := async(func() error {
			m, err := channel.NewMux(b, side, nil)
			if err != nil {
				return err
			}
			defer m.Close()
			_, err = m.New(context.Background())
			return err
		})
		got := make([]byte, len(want))
		if _, err := io.ReadFull(a, got); err != nil || !bytes.Equal(got, want) {
			t.Errorf("side %d begins with % x, %v; want % x", side, got, err, want)
		}
		go io.Copy(io.Discard, a) // ends with the pipe
		must(t, outcome(t, opened))
	}
}

// P4
func TestFramesAsBytes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawNear(t, nil)
		s, ch := p.channel()
		sendAll(t, ch, 7, []byte("bytes"), "text", []byte(nil), make([]byte, 300))
		must(t, ch.CloseSend())
		p.expect(s, "an integer", []byte{1, 1, 7})
		p.expect(s, "a []byte", []byte("\x02\x05bytes"))
		p.expect(s, "a string", []byte("\x03\x04text"))
		p.expect(s, "a nil []byte", []byte{1, 1, 0xf6})
		p.expect(s, "a longer []byte", append([]byte{2, 0xac, 2}, make([]byte, 300)...))
		p.expect(s, "the end of the items", []byte{4, 0})
		p.expectEnd(s)
		s, ch = p.channel()
		must(t, ch.Close())
		p.expect(s, "the end of the channel", []byte{5, 0})
		p.expectEnd(s)
	})
}

// P6
func TestControlMessagesAsBytes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawNear(t, nil)
		_, first := p.channel()
		_, second := p.channel()
		must(t, first.Close())
		p.expect(p.control, "an orderly close", []byte{2, 2, byte(first.ID())})
		opened, err := p.m.Open(t.Context(), "label")
		must(t, err)
		p.expect(p.control, "an open", append([]byte{7, 1, byte(opened.ID())}, "label"...))
		fault := &channel.Fault{Name: "exit", Text: "why", Code: 3}
		body := []byte("\xd9\x46\x42\xa3\x61n\x64exit\x61t\x63why\x61x\x03")
		must(t, second.Cancel(fault))
		p.expect(p.control, "a cancel", message(controlCancel, second.ID(), body))
		must(t, second.CloseWithError(fault))
		p.expect(p.control, "a close with an error", message(controlClose, second.ID(), body))
	})
}

// P7
func TestBindingsAsBytes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawNear(t, nil)
		_, ch := p.channel()
		set(t, ch, "one", 7)
		set(t, ch, "two", "x")
		p.expect(p.control, "the first binding", message(controlBind, ch.ID(), []byte("\x01\x03one\x01\x07")))
		p.expect(p.control, "the second binding", message(controlBind, ch.ID(), []byte("\x02\x03two\x02\x61x")))
		p.tell(controlBind, ch.ID(), bind(40, "three", []byte{3}))
		if v, err := ch.Get(t.Context(), "three"); v != 3 || err != nil {
			t.Errorf("three is %v, %v", v, err)
		}
		set(t, ch, "four", 4)
		p.expect(p.control, "the clock after 40", message(controlBind, ch.ID(), []byte("\x29\x04four\x01\x04")))
		p.tell(controlBind, ch.ID(), bind(50, "big", append([]byte{0x59, 0xff, 0xff}, make([]byte, 0xffff)...)))
		// All that came, 16 for each message and all but the clock.
		taken := (16 + 1 + 5 + 1 + 1) + (16 + 1 + 3 + 3 + 3 + 0xffff)
		p.expect(p.control, "an acknowledgement", message(controlBound, ch.ID(), binary.AppendUvarint(nil, uint64(taken))))
	})
}

// P7: at equal clocks the near side's value stands, on whichever side.
func TestNearSidesBindingWinsAtEqualClocks(t *testing.T) {
	for name, c := range map[string]struct {
		peer func(testing.TB, *channel.Options) *rawPeer
		want int
	}{
		"on the near side": {rawFar, 1},
		"on the far side":  {rawNear, 2},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				p := c.peer(t, nil)
				_, ch := p.channel()
				set(t, ch, "n", 1) // at clock 1
				p.tell(controlBind, ch.ID(), append(bind(1, "n", []byte{2}), bind(0, "mark", []byte{0})[1:]...))
				_, err := ch.Get(t.Context(), "mark")
				must(t, err)
				if v, err := ch.Get(t.Context(), "n"); v != c.want || err != nil {
					t.Errorf("n is %v, %v; want %d", v, err, c.want)
				}
			})
		})
	}
}

// P5: a channel is its id, in both directions.
func TestReferencesAsBytes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawNear(t, nil)
		s, ch := p.channel()
		_, other := p.channel()
		ref := []byte{0xda, 0x00, 0x46, 0x43, 0x31, byte(other.ID())} // tag 4604721
		sendAll(t, ch, []any{other})
		p.expect(s, "a channel", rawFrame(frameItem, append([]byte{0x81}, ref...)))
		p.write(s, rawFrame(frameItem, ref))
		if v, err := ch.Receive(t.Context()); v != other || err != nil {
			t.Errorf("a reference is received as %v, %v", v, err)
		}
		opened := p.stream()
		p.write(s, rawFrame(frameItem, []byte{0xda, 0x00, 0x46, 0x43, 0x31, byte(opened.StreamID())}))
		got, err := channel.Receive[*channel.Channel](t.Context(), ch)
		if err != nil || got.ID() != opened.StreamID() || got.Label() != "" {
			t.Fatalf("a reference to a new stream is received as %v, %v", got, err)
		}
		sendAll(t, got, "x")
		p.expect(opened, "an item on it", []byte("\x03\x01x"))
	})
}
