package keep

import (
	"bufio"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/store"
)

// Take serves a near side that has a program to be kept (P23).
func (k *Keeper) Take(ch *channel.Channel) error {
	asked, err := channel.Receive[request.Kept](ch.Context(), ch)
	if err != nil {
		return fmt.Errorf("the request: %w", err)
	}
	if !store.IsHash(asked.Hash) {
		return fmt.Errorf("%.80q is no hash of a program", asked.Hash)
	}
	if path := k.pathOf(asked.Hash); path != "" {
		return ch.Send(ch.Context(), request.Keeping{Held: true, Path: path})
	}
	err = k.put(ch, asked)
	if ofPlace(err) {
		return ch.Send(ch.Context(), request.Keeping{Fault: err.Error()})
	}
	if err != nil {
		return err
	}
	path := k.pathOf(asked.Hash)
	if path == "" {
		return errors.New("it is gone as soon as it came: does somebody empty the folder for programs?")
	}
	return ch.Send(ch.Context(), request.Keeping{Held: true, Path: path})
}

// put asks for a program's bytes and puts them into the first place that will do.
func (k *Keeper) put(ch *channel.Channel, asked request.Kept) error {
	p, s, dir, err := k.room(asked.Once)
	if err != nil {
		return err
	}
	if err := ch.Send(ch.Context(), request.Keeping{}); err != nil {
		return err
	}
	err = s.Put(asked.Hash, unpack(ch, asked.Size))
	if err == nil && asked.Once {
		var program *store.Program
		if program, err = s.Use(asked.Hash); err == nil {
			program.Release()
			err = k.hold(asked.Hash, dir, program.Path)
		}
	}
	if err != nil && asked.Once {
		os.RemoveAll(dir)
	}
	if ofPlace(err) {
		p.spoil(err)
	}
	return err
}

// room gives the first place that will do, with its store: for what is kept once that of
// a folder of its own.
func (k *Keeper) room(once bool) (_ *place, s *store.Store, dir string, err error) {
	var faults []string
	for _, p := range k.places {
		if once {
			if dir, err = p.fresh(); err == nil {
				s, err = store.Open(dir, nil)
			}
		} else {
			s, err = p.usable()
		}
		if err == nil {
			return p, s, dir, nil
		}
		faults = append(faults, p.dir()+": "+err.Error())
	}
	return nil, nil, "", k.errNowhere(faults)
}

// unpack reads a program of a size that was told.
func unpack(ch *channel.Channel, size int64) io.Reader {
	return &exactly{from: flate.NewReader(bufio.NewReader(ch.Stream())), left: size}
}

// exactly reads so many bytes, and fails if there are more or fewer.
type exactly struct {
	from io.Reader
	left int64
}

var errLonger = errors.New("more bytes came than were told")

func (e *exactly) Read(p []byte) (int, error) {
	n, err := e.from.Read(p)
	e.left -= int64(n)
	switch {
	case e.left < 0:
		return 0, errLonger
	case err == io.EOF && e.left > 0:
		return n, fmt.Errorf("%d bytes are missing: %w", e.left, io.ErrUnexpectedEOF)
	}
	return n, err
}
