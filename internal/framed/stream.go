package framed

import "github.com/farside-go/farside/internal/wire"

// A stream is a stream of the mux. A write on it that did not get through in time is the
// end of the mux, since nobody knows what of it will arrive.
type stream struct {
	wire.Stream
	m *Mux
}

func (s stream) Read(p []byte) (int, error) {
	n, err := s.Stream.Read(p)
	if err != nil && wire.Stuck(err) { // of a window update
		s.m.fail(err)
	}
	return n, err
}

// Write writes all of p. Its error is what the user of the channel gets.
func (s stream) Write(p []byte) (int, error) {
	n, err := s.Stream.Write(p)
	switch {
	case err == nil:
		return n, nil
	case wire.Stuck(err):
		s.m.fail(err)
		<-s.m.done
	}
	if lost := s.m.closedError(); lost != nil {
		return n, lost
	}
	return n, ErrClosed
}
