package protocol_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"testing"

	"github.com/farside-go/farside/internal/protocol"
)

// rawFrame gives a frame by hand, so that what the package writes and what it reads are
// not tested against each other only.
func rawFrame(kind byte, body []byte) []byte {
	return append(binary.AppendUvarint([]byte{kind}, uint64(len(body))), body...)
}

// readFrames reads frames until an error that retry does not want to go on after.
func readFrames(r io.Reader, limit int, retry func(error) bool) ([]protocol.Frame, error) {
	in := protocol.NewReader(r, limit)
	var frames []protocol.Frame
	for {
		f, err := in.Next()
		switch {
		case err == nil && f.Kind < protocol.FrameEOF && f.Size > uint64(limit):
			frames = append(frames, protocol.Frame{Kind: f.Kind, Size: f.Size})
		case err == nil:
			frames = append(frames, protocol.Frame{Kind: f.Kind, Body: bytes.Clone(f.Body), Size: f.Size})
		case !retry(err):
			return frames, err
		}
	}
}

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
	f.Add(slices.Concat(rawFrame(protocol.FrameItem, []byte{1}), rawFrame(protocol.FrameString, []byte("text")), rawFrame(protocol.FrameEOF, nil)), []byte{0, 3, 1})
	f.Add(slices.Concat(rawFrame(protocol.FrameBytes, make([]byte, 70_000)), rawFrame(protocol.FrameEnd, nil)), []byte{200, 3})
	f.Add(append(rawFrame(protocol.FrameBytes, make([]byte, 5000)), 9), []byte{1})
	f.Add([]byte{protocol.FrameItem, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}, []byte{0})
	f.Fuzz(func(t *testing.T, data, steps []byte) {
		const limit = 4000
		data = data[:min(len(data), 100_000)]
		steps = append(bytes.Clone(steps[:min(len(steps), 20)]), 0) // pauses only would never end
		retry := func(err error) bool { return err == errPause }
		smooth, err := readFrames(bytes.NewReader(data), limit, retry)
		rough, roughErr := readFrames(&choppy{data: data, steps: steps}, limit, retry)
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
