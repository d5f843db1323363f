package channel_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"testing"

	"github.com/farside-go/farside/channel"
)

var errPause = errors.New("nothing yet")

// A choppy reader gives its bytes in pieces of changing length, with pauses.
type choppy struct {
	data, steps []byte
	n           int
}

func (c *choppy) Read(p []byte) (int, error) {
	step := c.steps[c.n%len(c.steps)]
	c.n++
	switch {
	case step%4 == 3:
		return 0, errPause
	case len(c.data) == 0:
		return 0, io.EOF
	}
	n := copy(p, c.data[:min(len(c.data), 1+int(step)*int(step))])
	c.data = c.data[n:]
	return n, nil
}

// What is read must not depend on how the bytes come in; frames without an error
// are those bytes again; and no length takes memory by itself.
func FuzzFrames(f *testing.F) {
	f.Add(slices.Concat(rawFrame(frameItem, []byte{1}), rawFrame(frameString, []byte("text")), rawFrame(frameEOF, nil)), []byte{0, 3, 1})
	f.Add(slices.Concat(rawFrame(frameBytes, make([]byte, 70_000)), rawFrame(frameEnd, nil)), []byte{200, 3})
	f.Add(append(rawFrame(frameBytes, make([]byte, 5000)), 9), []byte{1})
	f.Add([]byte{frameItem, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}, []byte{0})
	f.Fuzz(func(t *testing.T, data, steps []byte) {
		const limit = 4000
		data = data[:min(len(data), 100_000)]
		steps = append(bytes.Clone(steps[:min(len(steps), 20)]), 0) // pauses only would never end
		retry := func(err error) bool { return err == errPause }
		smooth, err := channel.ReadFrames(bytes.NewReader(data), limit, retry)
		rough, roughErr := channel.ReadFrames(&choppy{data: data, steps: steps}, limit, retry)
		if !reflect.DeepEqual(smooth, rough) || fmt.Sprint(err) != fmt.Sprint(roughErr) {
			t.Fatalf("%d frames and %v at once, %d and %v in pieces", len(smooth), err, len(rough), roughErr)
		}
		var again []byte
		for _, frame := range smooth {
			if frame.Size > limit {
				return // passed over
			}
			again = append(again, rawFrame(frame.Kind, frame.Body)...)
		}
		if oneByteLengths := !slices.ContainsFunc(data, func(b byte) bool { return b >= 0x80 }); oneByteLengths && !bytes.HasPrefix(data, again) {
			t.Fatalf("% x was read as % x", data, again)
		}
	})
}

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
