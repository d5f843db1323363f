package protocol_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/protocol"
)

func never(error) bool { return false }

func isViolation(err error) bool {
	return err != nil && strings.HasPrefix(err.Error(), "channel: protocol error: the other side sent ")
}

// P4
func TestFramesComeBack(t *testing.T) {
	var wire []byte
	sizes := []int{0, 1, 127, 128, 511, 512, 70_000, 3 << 20}
	for _, size := range sizes {
		body := bytes.Repeat([]byte{7}, size)
		head := protocol.AppendHead(nil, protocol.FrameBytes, size)
		if want := rawFrame(protocol.FrameBytes, body); !bytes.Equal(append(head, body...), want) {
			t.Errorf("the head of a frame of %d bytes is % x", size, head)
		}
		wire = append(wire, rawFrame(protocol.FrameBytes, body)...)
	}
	frames, err := readFrames(bytes.NewReader(wire), 4<<20, never)
	if err != io.EOF || len(frames) != len(sizes) {
		t.Fatalf("%d frames came, %v", len(frames), err)
	}
	for i, f := range frames {
		if f.Kind != protocol.FrameBytes || len(f.Body) != sizes[i] || f.Size != uint64(sizes[i]) || bytes.Count(f.Body, []byte{7}) != sizes[i] {
			t.Errorf("frame %d is of kind %d with %d bytes", i, f.Kind, len(f.Body))
		}
	}
}

// P4
func TestBadFramesAreViolations(t *testing.T) {
	for name, wire := range map[string][]byte{
		"kind 0":        rawFrame(0, []byte{1}),
		"kind 6":        rawFrame(6, nil),
		"kind 255":      rawFrame(255, nil),
		"EOF with body": rawFrame(protocol.FrameEOF, []byte{1}),
		"end with body": rawFrame(protocol.FrameEnd, []byte{1}),
		"2^64":          {protocol.FrameItem, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02},
		"endless":       append([]byte{protocol.FrameItem}, bytes.Repeat([]byte{0xff}, 20)...),
	} {
		good := rawFrame(protocol.FrameString, []byte("before"))
		frames, err := readFrames(bytes.NewReader(append(good, wire...)), 1000, never)
		if len(frames) != 1 || !isViolation(err) {
			t.Errorf("%s: %d frames came, %v", name, len(frames), err)
		}
	}
}

// P4: a body over the limit is told of and passed over.
func TestOversizeBodyIsPassedOver(t *testing.T) {
	wire := slices.Concat(rawFrame(protocol.FrameItem, make([]byte, 1001)), rawFrame(protocol.FrameBytes, make([]byte, 1000)),
		rawFrame(protocol.FrameItem, make([]byte, 200_000)), rawFrame(protocol.FrameString, []byte("after")))
	frames, err := readFrames(bytes.NewReader(wire), 1000, never)
	if err != io.EOF || len(frames) != 4 {
		t.Fatalf("%d frames came, %v", len(frames), err)
	}
	for i, want := range []struct {
		size uint64
		body int
	}{{1001, 0}, {1000, 1000}, {200_000, 0}, {5, 5}} {
		if frames[i].Size != want.size || len(frames[i].Body) != want.body {
			t.Errorf("frame %d has %d bytes of %d", i, len(frames[i].Body), frames[i].Size)
		}
	}
}

func TestLengthTakesNoMemory(t *testing.T) {
	wire := []byte{protocol.FrameBytes, 0xff, 0xff, 0xff, 0xff, 0x0f} // 4 GiB, of which none comes
	if _, err := readFrames(bytes.NewReader(wire), 1<<32, never); err != io.EOF {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(1, func() {
		readFrames(bytes.NewReader(wire), 1<<32, never)
	}); n > 20 {
		t.Errorf("%v allocations", n)
	}
}

func TestPutBackIsNext(t *testing.T) {
	in := protocol.NewReader(bytes.NewReader(slices.Concat(rawFrame(protocol.FrameString, []byte("one")),
		rawFrame(protocol.FrameEOF, nil))), 1000)
	for range 2 {
		if over, err := in.EndIsNext(); over || err != nil {
			t.Fatalf("before an item the end is next: %v, %v", over, err)
		}
	}
	f, err := in.Next()
	if err != nil {
		t.Fatal(err)
	}
	f.Body, f.Owned = f.Own(), true
	in.PutBack(f)
	if over, err := in.EndIsNext(); over || err != nil {
		t.Fatalf("before what was put back the end is next: %v, %v", over, err)
	}
	if f, err := in.Next(); err != nil || string(f.Body) != "one" {
		t.Errorf("what was put back is %q, %v", f.Body, err)
	}
	if over, err := in.EndIsNext(); !over || err != nil {
		t.Errorf("the end is next: %v, %v", over, err)
	}
	if f, err := in.Next(); err != nil || f.Kind != protocol.FrameEOF {
		t.Errorf("the end is of kind %d, %v", f.Kind, err)
	}
	if _, err := in.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("after the end: %v", err)
	}
}
