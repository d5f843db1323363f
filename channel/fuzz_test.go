package channel_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"testing"

	"github.com/farside-go/farside/channel"
)

// Bytes on the control stream, and on a channel's, of a mux that is in use.
func FuzzControl(f *testing.F) {
	f.Add(message(controlOpen, 5, []byte("x")), rawFrame(frameItem, []byte{1}))
	f.Add(slices.Concat(message(controlBind, 3, bind(1, "n", []byte{1})), message(controlClose, 3, nil)), []byte{})
	f.Add(message(controlCancel, 3, []byte{0xd9, 0x46, 0x42, 0xa0}), rawFrame(frameEnd, nil))
	f.Add(message(controlBound, 3, []byte{1}), rawFrame(frameString, []byte("x")))
	f.Add(message(200, 3, nil), []byte{frameBytes, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, control, frames []byte) {
		p := rawNear(t, &channel.Options{KeepAlive: channelPatience, MaxItem: 1 << 16})
		s, ch := p.channel()
		p.stream()
		subscribe(t, ch, &channel.Callbacks{Bindings: func(map[string]any) {}, End: func(error) {}})
		received := make(chan struct{})
		go func() {
			defer close(received)
			for {
				if _, err := ch.Receive(context.Background()); err != nil && !isDecodeError(err) {
					return
				}
			}
		}()
		go io.Copy(io.Discard, p.control)
		p.write(s, frames)
		p.write(p.control, control)
		s.Close()
		p.session.Close()
		<-p.m.Done()
		<-received
		if ch.Err() == nil || !errors.Is(p.m.Err(), channel.ErrLost) {
			t.Errorf("the ends are %v and %v", ch.Err(), p.m.Err())
		}
	})
}

// channelPatience bounds the wait for a channel that a message speaks of and that
// was never opened.
const channelPatience = patience / 10
