package protocol

import "encoding/binary"

// The kinds of frame on a channel's stream (P4). A frame is a kind, a length as
// an unsigned varint and that many bytes.
const (
	FrameItem   = 1 // a CBOR item
	FrameBytes  = 2 // a []byte, as it is
	FrameString = 3 // a string, as it is
	FrameEOF    = 4 // no more items from this side; empty
	FrameEnd    = 5 // the channel is closed, the reason is on the control stream; empty
)

// MaxHead is the most that a frame has before its body.
const MaxHead = 1 + binary.MaxVarintLen64

// A Frame is what was read of one. Its body is valid until the next read, unless it is
// owned.
type Frame struct {
	Kind  byte
	Body  []byte
	Owned bool   // Body is memory of its own
	Size  uint64 // the length as announced; over the limit there is no body
}

// Own gives the body for keeping: a long one is handed over, a short one copied.
func (f Frame) Own() []byte {
	if f.Owned {
		return f.Body
	}
	return append(make([]byte, 0, len(f.Body)), f.Body...)
}

// AppendHead appends the head of a frame.
func AppendHead(dst []byte, kind byte, size int) []byte {
	return binary.AppendUvarint(append(dst, kind), uint64(size))
}
