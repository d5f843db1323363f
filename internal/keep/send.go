package keep

import (
	"compress/flate"
	"context"
	"fmt"
	"io"
	"os"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
)

// File is a program to send.
type File struct {
	Path, Hash string
	Size       int64
	Once       bool // it is to go when the worker does
}

// packing takes half as long again as the quickest, and twice that would save 2 % more.
const packing = 4

// maxPlaces bounds how often a program is sent because where it was put there was no
// room.
const maxPlaces = 8

// Send has the worker at the other end keep a program, unless it does already, and gives
// its path over there. Progress is told of bytes before they are packed.
func Send(ctx context.Context, mux *channel.Mux, file *File, progress func(done, total int64)) (path string, err error) {
	var fault string
	for range maxPlaces {
		answer, err := sendOnce(ctx, mux, file, progress)
		switch {
		case err != nil:
			return "", fmt.Errorf("send the program: %w", err)
		case answer.Held:
			return answer.Path, nil
		}
		fault = answer.Fault
	}
	return "", fmt.Errorf("send the program: no place over there will do: %s", fault)
}

// sendOnce has it kept in the place that is tried next.
func sendOnce(ctx context.Context, mux *channel.Mux, file *File, progress func(done, total int64)) (answer request.Keeping, err error) {
	ch, err := mux.Open(ctx, request.Keep)
	if err != nil {
		return answer, err
	}
	defer ch.Close()
	stop := context.AfterFunc(ctx, func() { ch.Close() }) // a stream knows no ctx
	defer stop()
	if err = ch.Send(ctx, request.Kept{Hash: file.Hash, Size: file.Size, Once: file.Once}); err == nil {
		err = ch.ReceiveInto(ctx, &answer)
	}
	if err == nil && !answer.Held {
		if err = pack(ch, file, progress); err == nil {
			err = ch.ReceiveInto(ctx, &answer)
		}
	}
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return answer, err
}

// pack writes the program to a channel. That the worker takes no more of it is no error:
// its answer says why.
func pack(ch *channel.Channel, file *File, progress func(done, total int64)) error {
	program, err := os.Open(file.Path)
	if err != nil {
		return err
	}
	defer program.Close()
	to := &sink{to: ch.Stream()}
	packer, err := flate.NewWriter(to, packing)
	if err != nil {
		return err
	}
	_, err = io.Copy(packer, &counting{from: program, total: file.Size, progress: progress})
	if err == nil {
		err = packer.Close()
	}
	if err != nil && to.refused {
		return nil
	}
	ch.CloseSend()
	return err
}

// A sink notes that its writes are not taken any more, in contrast to what else may fail.
type sink struct {
	to      io.Writer
	refused bool
}

func (s *sink) Write(p []byte) (int, error) {
	n, err := s.to.Write(p)
	s.refused = err != nil
	return n, err
}

// counting tells how far a file was read.
type counting struct {
	from        io.Reader
	done, total int64
	progress    func(done, total int64)
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.done += int64(n)
	c.progress(c.done, c.total)
	return n, err
}
