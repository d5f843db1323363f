package channel

import "io"

// A Frame is a frame as an inbox reads it.
type Frame struct {
	Kind byte
	Body []byte
	Size uint64
}

// ReadFrames reads frames from r through an inbox until an error that retry does
// not want to go on after.
func ReadFrames(r io.Reader, limit int, retry func(error) bool) ([]Frame, error) {
	in := inbox{stream: r, limit: limit}
	var frames []Frame
	for {
		f, err := in.next()
		switch {
		case err == nil && f.kind < frameEOF && f.size > uint64(limit):
			frames = append(frames, Frame{f.kind, nil, f.size})
		case err == nil:
			frames = append(frames, Frame{f.kind, append([]byte(nil), f.body...), f.size})
		case !retry(err):
			return frames, err
		}
	}
}
