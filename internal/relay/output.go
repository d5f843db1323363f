package relay

import (
	"errors"
	"fmt"
	"sync"
)

// Streams of output records.
const (
	Stdout = 1
	Stderr = 2
)

// window is how many output records of a stream may be on their way.
const window = 8

var errOver = errors.New("relay: the near side has gone")

// A source sends what a process prints on one stream. When the other end does not
// print it, it holds the process up, and nothing else.
type source struct {
	stream byte
	to     *Writer
	slots  chan struct{} // one for each record on its way
	over   chan struct{} // closed when there is nobody to send to
}

func newSource(stream byte, to *Writer, over chan struct{}) *source {
	return &source{stream: stream, to: to, slots: make(chan struct{}, window), over: over}
}

// Write sends p in records.
func (s *source) Write(p []byte) (int, error) {
	written := 0
	for written < len(p) {
		select {
		case s.slots <- struct{}{}:
		case <-s.over:
			return written, errOver
		}
		chunk := p[written:min(written+maxOutput, len(p))]
		if err := s.to.output(s.stream, chunk); err != nil {
			return written, err
		}
		written += len(chunk)
	}
	return written, nil
}

// took notes that the other end has printed a record.
func (s *source) took() error {
	select {
	case <-s.slots:
		return nil
	default:
		return fmt.Errorf("relay: output on stream %d was taken that was not sent", s.stream)
	}
}

// A sink prints what comes on one stream, beside the reading of the wire.
type sink struct {
	stream byte
	queue  chan []byte
}

// start prints until the queue is closed. Each record that was printed makes room
// for another.
func (s *sink) start(printing *sync.WaitGroup, to *Writer, print func(stream byte, p []byte)) {
	printing.Go(func() {
		for p := range s.queue {
			print(s.stream, p)
			to.took(s.stream) // a stream that is broken is noticed where it is read
		}
		print(s.stream, nil)
	})
}

// put queues a record. It never waits: the other end may not send more than there
// is room for.
func (s *sink) put(p []byte) error {
	select {
	case s.queue <- p:
		return nil
	default:
		return fmt.Errorf("relay: more output came on stream %d than there was room for", s.stream)
	}
}
