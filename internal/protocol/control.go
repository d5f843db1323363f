package protocol

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
)

// The kinds of message on the control stream (P6). A side ignores kinds from
// ControlOption up that it does not know.
const (
	ControlOpen   = 1 // the channel waits for Accept; body: its label
	ControlClose  = 2 // the channel is closed; body: a fault, or nothing
	ControlCancel = 3 // end the channel's context; body: a fault
	ControlBind   = 4 // named values; body: see AppendBindings
	ControlBound  = 5 // this many bytes of bindings were taken in
	ControlOption = 128
)

// MaxLabel is the longest label of a channel.
const MaxLabel = 256

const maxControl = 4 << 20 // the longest control message

// A Message is one on the control stream: its length as an unsigned varint, a kind, a
// channel's id as an unsigned varint, and a body.
type Message struct {
	Kind byte
	ID   uint32
	Body []byte
}

// Encode gives the bytes of a message.
func (msg Message) Encode() []byte {
	var head [1 + binary.MaxVarintLen32]byte
	inner := binary.AppendUvarint(append(head[:0], msg.Kind), uint64(msg.ID))
	frame := binary.AppendUvarint(nil, uint64(len(inner)+len(msg.Body)))
	return append(append(frame, inner...), msg.Body...)
}

// ReadMessage reads one message.
func ReadMessage(in *bufio.Reader) (Message, error) {
	size, err := binary.ReadUvarint(in)
	if err != nil {
		return Message{}, err
	}
	if size < 2 || size > maxControl {
		return Message{}, Violation(fmt.Sprintf("a control message of %d bytes", size))
	}
	body, err := readBounded(in, int(size))
	if err != nil {
		return Message{}, err
	}
	id, n := binary.Uvarint(body[1:])
	if n <= 0 || id > 1<<32-1 {
		return Message{}, Violation("a control message without a channel's id")
	}
	return Message{Kind: body[0], ID: uint32(id), Body: body[1+n:]}, nil
}

// readBounded takes memory only for what arrives.
func readBounded(in io.Reader, size int) ([]byte, error) {
	body := make([]byte, 0, min(size, 4<<10))
	for len(body) < size {
		if len(body) == cap(body) {
			body = append(make([]byte, 0, min(size, 4*cap(body))), body...)
		}
		n, err := io.ReadFull(in, body[len(body):min(cap(body), size)])
		body = body[:len(body)+n]
		if err != nil {
			return nil, err
		}
	}
	return body, nil
}
