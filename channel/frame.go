package channel

import (
	"encoding/binary"
	"fmt"
	"io"
)

// The kinds of frame on a channel's stream (P4). A frame is a kind, a length as
// an unsigned varint and that many bytes.
const (
	frameItem   = 1 // a CBOR item
	frameBytes  = 2 // a []byte, as it is
	frameString = 3 // a string, as it is
	frameEOF    = 4 // no more items from this side; empty
	frameEnd    = 5 // the channel is closed, the reason is on the control stream; empty
)

const (
	maxFrameHead = 1 + binary.MaxVarintLen64
	firstBuffer  = 512
	largestRead  = 64 << 10
	firstBody    = 1 << 20 // what a length alone can make us allocate
)

// A frame is what was read of one. Its body is valid until the next read, unless
// it is owned.
type frame struct {
	kind  byte
	body  []byte
	owned bool   // body is memory of its own
	size  uint64 // the length as announced; over the limit there is no body
}

// own gives the body for keeping: a long one is handed over, a short one copied.
func (f frame) own() []byte {
	if f.owned {
		return f.body
	}
	return append(make([]byte, 0, len(f.body)), f.body...)
}

// inbox reads the frames of one stream. A read that is interrupted keeps what it
// has, so that the next one goes on from there. It is owned by whoever holds the
// channel's receive lock.
type inbox struct {
	stream io.Reader
	limit  int

	buf  []byte // read ahead: buf[r:w]
	r, w int

	open frame  // the frame whose body is being read
	have bool   // open is valid
	long []byte // the part of a long body that was read
	skip uint64 // bytes of an oversized body still to pass over
	back *frame // a frame that was put back
}

// next gives the next frame. Errors are those of the stream, after which it can
// be called again, or a protocol error, which is final.
func (in *inbox) next() (frame, error) {
	if f := in.back; f != nil {
		in.back = nil
		return *f, nil
	}
	if err := in.readHead(); err != nil {
		return frame{}, err
	}
	if in.open.size > uint64(in.limit) {
		in.have, in.skip = false, in.open.size
		return in.open, nil
	}
	if err := in.readBody(int(in.open.size)); err != nil {
		return frame{}, err
	}
	in.have = false
	return in.open, nil
}

// putBack makes f the next frame again. f must own its body.
func (in *inbox) putBack(f frame) { in.back = &f }

// endIsNext reports whether no item comes before the last frame. It waits for the
// head of a frame but takes in no body.
func (in *inbox) endIsNext() (bool, error) {
	if in.back != nil {
		return in.back.kind >= frameEOF, nil
	}
	err := in.readHead()
	return err == nil && in.open.kind >= frameEOF, err
}

// readHead makes open the next frame, if it is not already.
func (in *inbox) readHead() error {
	if err := in.passOver(); err != nil {
		return err
	}
	for !in.have {
		size, n := uint64(0), 0
		if in.w-in.r > 1 {
			size, n = binary.Uvarint(in.buf[in.r+1 : in.w])
		}
		if n < 0 || (n == 0 && in.w-in.r >= maxFrameHead) {
			return errProtocol("a frame's length does not fit 64 bits")
		}
		if n > 0 {
			in.open, in.have = frame{kind: in.buf[in.r], size: size}, true
			in.r += 1 + n
			return in.checkHead()
		}
		if err := in.fill(maxFrameHead); err != nil {
			return err
		}
	}
	return nil
}

func (in *inbox) checkHead() error {
	switch in.open.kind {
	case frameItem, frameBytes, frameString:
		return nil
	case frameEOF, frameEnd:
		if in.open.size != 0 {
			return errProtocol("the frame that ends the items is not empty")
		}
		return nil
	}
	return errProtocol(fmt.Sprintf("a frame of the unknown kind %d", in.open.kind))
}

// readBody reads into the read-ahead buffer what fits there, and a longer body
// into memory of its own.
func (in *inbox) readBody(size int) error {
	if size <= largestRead {
		for in.w-in.r < size {
			if err := in.fill(size); err != nil {
				return err
			}
		}
		in.open.body = in.buf[in.r : in.r+size : in.r+size]
		in.r += size
		return nil
	}
	if in.long == nil {
		in.long = make([]byte, 0, min(size, firstBody))
	}
	for len(in.long) < size {
		if err := in.readLong(size); err != nil {
			return err
		}
	}
	in.open.body, in.open.owned, in.long = in.long, true, nil
	return nil
}

// readLong appends to the long body once. It grows with what really arrives.
func (in *inbox) readLong(size int) error {
	if in.r < in.w {
		n := min(in.w-in.r, size-len(in.long))
		in.long = append(in.long, in.buf[in.r:in.r+n]...)
		in.r += n
		return nil
	}
	if len(in.long) == cap(in.long) {
		grown := make([]byte, len(in.long), min(size, 2*cap(in.long)))
		copy(grown, in.long)
		in.long = grown
	}
	n, err := in.stream.Read(in.long[len(in.long):min(cap(in.long), size)])
	in.long = in.long[:len(in.long)+n]
	if n > 0 {
		return nil
	}
	return err
}

// passOver drops the rest of an oversized body.
func (in *inbox) passOver() error {
	for in.skip > 0 {
		if in.r == in.w {
			if err := in.fill(1); err != nil {
				return err
			}
		}
		n := min(in.skip, uint64(in.w-in.r))
		in.r += int(n)
		in.skip -= n
	}
	return nil
}

// fill reads once more into the buffer, which it first makes able to hold want
// bytes from r on. The buffer grows with the traffic.
func (in *inbox) fill(want int) error {
	if in.r == in.w {
		in.r, in.w = 0, 0
	}
	if in.r+want > len(in.buf) {
		in.makeRoom(want)
	}
	n, err := in.stream.Read(in.buf[in.w:])
	in.w += n
	if in.w == len(in.buf) && len(in.buf) < largestRead {
		in.grow(min(4*len(in.buf), largestRead))
	}
	if n > 0 {
		return nil
	}
	return err
}

func (in *inbox) makeRoom(want int) {
	if want > len(in.buf) {
		in.grow(max(want, firstBuffer))
		return
	}
	copy(in.buf, in.buf[in.r:in.w])
	in.r, in.w = 0, in.w-in.r
}

func (in *inbox) grow(size int) {
	grown := make([]byte, size)
	in.w = copy(grown, in.buf[in.r:in.w])
	in.r, in.buf = 0, grown
}

// protocolError is a violation of docs/protocol.md by the other side.
type protocolError struct{ what string }

func (e *protocolError) Error() string {
	return "channel: protocol error: the other side sent " + e.what
}

func errProtocol(what string) error { return &protocolError{what} }

// appendHead appends the head of a frame.
func appendHead(dst []byte, kind byte, size int) []byte {
	return binary.AppendUvarint(append(dst, kind), uint64(size))
}

// lock is a mutex that can be waited for among other things.
type lock chan struct{}

func newLock() lock { return make(lock, 1) }

func (l lock) tryAcquire() bool {
	select {
	case l <- struct{}{}:
		return true
	default:
		return false
	}
}

func (l lock) release() { <-l }
