package farproc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
)

// A Remote is a process on the other side. All methods may be called concurrently.
type Remote struct {
	ch    *channel.Channel
	pid   int
	ended chan struct{} // closed when it is known how it ended

	signalling sync.Mutex // held until a signal is answered
	signalled  chan error

	// Set before ended is closed.
	end request.ProcessEnd
	err error
}

// Open starts a process on the other side. ctx bounds the start alone.
func Open(ctx context.Context, mux *channel.Mux, asked *request.Process) (*Remote, error) {
	ch, err := mux.Open(ctx, request.Command)
	if err != nil {
		return nil, err
	}
	var news request.ProcessNews
	if err = ch.Send(ctx, asked); err == nil {
		err = ch.ReceiveInto(ctx, &news)
	}
	if err != nil {
		ch.CloseWithError(context.Cause(ctx)) // which is nil unless ctx ended
		return nil, err
	}
	r := &Remote{ch: ch, pid: news.PID, ended: make(chan struct{}), signalled: make(chan error, 1)}
	go r.listen() // ends with the process
	return r, nil
}

// PID is the number of the process over there.
func (r *Remote) PID() int { return r.pid }

// Ended is closed when it is known how the process ended.
func (r *Remote) Ended() <-chan struct{} { return r.ended }

// End tells how it ended. The error is that of a side that was lost. It is to be called
// when Ended is closed.
func (r *Remote) End() (request.ProcessEnd, error) { return r.end, r.err }

// Cancel has the process ended.
func (r *Remote) Cancel(cause error) { r.ch.Cancel(cause) }

// Signal sends the signal of that name, and waits until the other side has sent it.
func (r *Remote) Signal(name string) error {
	r.signalling.Lock()
	defer r.signalling.Unlock()
	if r.ch.Send(context.Background(), name) != nil {
		return os.ErrProcessDone
	}
	select {
	case err := <-r.signalled:
		return err
	case <-r.ended:
	}
	select {
	case err := <-r.signalled: // which came before the end
		return err
	default:
		return os.ErrProcessDone
	}
}

// listen takes in what the other side tells, until it has told all.
func (r *Remote) listen() {
	told := sync.OnceFunc(func() { close(r.ended) })
	defer told()
	r.err = errors.New("the far side ended the request without telling how the process ended")
	for {
		news, err := channel.Receive[request.ProcessNews](context.Background(), r.ch)
		switch {
		case isClosed(r.ended) && err == nil:
		case err == nil && news.End != nil:
			r.end, r.err = *news.End, nil
			told()
		case err == nil && news.Signalled:
			r.signalled <- news.Err
		case err != nil:
			if err != io.EOF && !isClosed(r.ended) { // not errors.Is: a far error or the cause of a loss may match it too
				r.err = err
			}
			return
		}
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// Feed gives the process what from has, and then its end. When the process reads no more,
// or has ended, the rest is for nobody. An error is that of from.
func Feed(ch *channel.Channel, from io.Reader) error {
	buf := make([]byte, chunk)
	for ch.Err() == nil {
		n, err := from.Read(buf)
		if n > 0 && ch.Send(context.Background(), buf[:n]) != nil {
			return nil
		}
		if err != nil {
			ch.CloseSend()
			if err == io.EOF {
				return nil
			}
			return fmt.Errorf("read its standard input: %w", err)
		}
	}
	return nil
}

// Drain gives to what the process writes. When to fails, the process finds its pipe broken.
func Drain(to io.Writer, ch *channel.Channel) error {
	defer ch.Close()
	for {
		data, err := channel.Receive[[]byte](context.Background(), ch)
		if err == io.EOF {
			return nil
		}
		if err == nil {
			_, err = to.Write(data)
		}
		if err != nil {
			return err
		}
	}
}
