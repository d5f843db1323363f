package protocol

import (
	"encoding/binary"
	"fmt"
	"io"
)

const (
	firstBuffer = 512
	firstBody   = 1 << 20 // what a length alone can make us allocate

	// LargestRead is up to where a body is read into the buffer.
	LargestRead = 64 << 10
)

// A Reader reads the frames of one stream. A read that is interrupted keeps what it
// has, so that the next one goes on from there. It is not for concurrent use.
type Reader struct {
	stream io.Reader
	limit  int

	buf  []byte // read ahead: buf[r:w]
	r, w int

	open Frame  // the frame whose body is being read
	have bool   // open is valid
	long []byte // the part of a long body that was read
	skip uint64 // bytes of an oversized body still to pass over
	back *Frame // a frame that was put back
}

// NewReader gives a reader of stream's frames. Bodies over limit are passed over.
func NewReader(stream io.Reader, limit int) Reader { return Reader{stream: stream, limit: limit} }

// Next gives the next frame. Errors are those of the stream, after which it can
// be called again, or a protocol error, which is final.
func (in *Reader) Next() (Frame, error) {
	if f := in.back; f != nil {
		in.back = nil
		return *f, nil
	}
	if err := in.readHead(); err != nil {
		return Frame{}, err
	}
	if in.open.Size > uint64(in.limit) {
		in.have, in.skip = false, in.open.Size
		return in.open, nil
	}
	if err := in.readBody(int(in.open.Size)); err != nil {
		return Frame{}, err
	}
	in.have = false
	return in.open, nil
}

// PutBack makes f the next frame again. f must own its body.
func (in *Reader) PutBack(f Frame) { in.back = &f }

// EndIsNext reports whether no item comes before the last frame. It waits for the
// head of a frame but takes in no body.
func (in *Reader) EndIsNext() (bool, error) {
	if in.back != nil {
		return in.back.Kind >= FrameEOF, nil
	}
	err := in.readHead()
	return err == nil && in.open.Kind >= FrameEOF, err
}

// Ahead reports whether the next frame was looked at already or is an item that has
// arrived.
func (in *Reader) Ahead() bool {
	switch {
	case in.back != nil:
		return true
	case in.have:
		return in.open.Kind < FrameEOF
	}
	return in.skip == 0 && in.r < in.w && in.buf[in.r] < FrameEOF
}

// readHead makes open the next frame, if it is not already.
func (in *Reader) readHead() error {
	if err := in.passOver(); err != nil {
		return err
	}
	for !in.have {
		size, n := uint64(0), 0
		if in.w-in.r > 1 {
			size, n = binary.Uvarint(in.buf[in.r+1 : in.w])
		}
		if n < 0 || (n == 0 && in.w-in.r >= MaxHead) {
			return Violation("a frame's length does not fit 64 bits")
		}
		if n > 0 {
			in.open, in.have = Frame{Kind: in.buf[in.r], Size: size}, true
			in.r += 1 + n
			return in.checkHead()
		}
		if err := in.fill(MaxHead); err != nil {
			return err
		}
	}
	return nil
}

func (in *Reader) checkHead() error {
	switch in.open.Kind {
	case FrameItem, FrameBytes, FrameString:
		return nil
	case FrameEOF, FrameEnd:
		if in.open.Size != 0 {
			return Violation("the frame that ends the items is not empty")
		}
		return nil
	}
	return Violation(fmt.Sprintf("a frame of the unknown kind %d", in.open.Kind))
}

// readBody reads into the read-ahead buffer what fits there, and a longer body
// into memory of its own.
func (in *Reader) readBody(size int) error {
	if size <= LargestRead {
		for in.w-in.r < size {
			if err := in.fill(size); err != nil {
				return err
			}
		}
		in.open.Body = in.buf[in.r : in.r+size : in.r+size]
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
	in.open.Body, in.open.Owned, in.long = in.long, true, nil
	return nil
}

// readLong appends to the long body once. It grows with what really arrives.
func (in *Reader) readLong(size int) error {
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
func (in *Reader) passOver() error {
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
func (in *Reader) fill(want int) error {
	if in.r == in.w {
		in.r, in.w = 0, 0
	}
	if in.r+want > len(in.buf) {
		in.makeRoom(want)
	}
	n, err := in.stream.Read(in.buf[in.w:])
	in.w += n
	if in.w == len(in.buf) && len(in.buf) < LargestRead {
		in.grow(min(4*len(in.buf), LargestRead))
	}
	if n > 0 {
		return nil
	}
	return err
}

func (in *Reader) makeRoom(want int) {
	if want > len(in.buf) {
		in.grow(max(want, firstBuffer))
		return
	}
	copy(in.buf, in.buf[in.r:in.w])
	in.r, in.w = 0, in.w-in.r
}

func (in *Reader) grow(size int) {
	grown := make([]byte, size)
	in.w = copy(grown, in.buf[in.r:in.w])
	in.r, in.buf = 0, grown
}
