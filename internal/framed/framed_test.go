package framed_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/farside-go/farside/internal/framed"
	"github.com/farside-go/farside/internal/protocol"
)

// What the layers make together is tested in package channel, which is all that a user
// of them sees. Here is what that cannot show: frames as they are.

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// An owner keeps what it is told.
type owner struct {
	ch   *framed.Channel
	told chan string
}

func (o *owner) Message(kind byte, body []byte) error {
	o.told <- string(append([]byte{kind + '0', ' '}, body...))
	return nil
}

func start(t *testing.T, conn net.Conn, near bool) *framed.Mux {
	t.Helper()
	m, err := framed.NewMux(conn, &framed.Config{
		Near: near, MaxItem: 1000, Queue: 1000, Window: 512 << 10, KeepAlive: time.Hour,
		Logger: slog.New(slog.DiscardHandler),
		Lost:   func(cause error) error { return cause },
		EncodeFault: func(err error) []byte {
			if err == nil {
				return nil
			}
			return []byte(err.Error())
		},
		DecodeFault: func(body []byte) (error, error) {
			switch string(body) {
			case "":
				return nil, nil
			case "garbled":
				return nil, errors.New("it is garbled")
			}
			return errors.New("over there: " + string(body)), nil
		},
		Own: func(ch *framed.Channel) framed.Owner { return &owner{ch, make(chan string, 10)} },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close() })
	return m
}

func pair(t *testing.T) (near, far *framed.Mux, x, y *framed.Channel) {
	t.Helper()
	a, b := net.Pipe()
	far = start(t, b, false) // first, since the near side says something at once
	near = start(t, a, true)
	x, err := near.Open(t.Context(), "pair")
	if err == nil {
		y, err = far.Accept(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return near, far, x, y
}

func next(t *testing.T, ch *framed.Channel) (protocol.Frame, error) {
	t.Helper()
	if err := ch.Acquire(t.Context(), false); err != nil {
		return protocol.Frame{}, err
	}
	defer ch.Release()
	return ch.Next(t.Context(), false)
}

// C1, C7
func TestFramesComeInOrderAndThenTheReason(t *testing.T) {
	_, _, x, y := pair(t)
	for kind := byte(protocol.FrameItem); kind <= protocol.FrameString; kind++ {
		if err := x.Send(t.Context(), kind, []byte{kind}); err != nil {
			t.Fatal(err)
		}
	}
	x.Close(errors.New("here"), errors.New("there"))
	for kind := byte(protocol.FrameItem); kind <= protocol.FrameString; kind++ {
		if f, err := next(t, y); f.Kind != kind || string(f.Body) != string(kind) || err != nil {
			t.Errorf("got a frame of kind %d, %v, want %d", f.Kind, err, kind)
		}
	}
	if _, err := next(t, y); err == nil || err.Error() != "over there: there" {
		t.Errorf("the end is %v", err)
	}
	if x.Err().Error() != "here" || y.Owner().(*owner).ch != y || y.Label() != "pair" {
		t.Errorf("the ends are %v and %v", x.Err(), y.Err())
	}
}

// C8: what is not about opening and ending is for the owner, in order.
func TestMessagesReachTheOwner(t *testing.T) {
	_, _, x, y := pair(t)
	x.Tell(protocol.ControlBind, []byte("first"))
	x.Tell(protocol.ControlBound, []byte("second"))
	told := y.Owner().(*owner).told
	if first, second := <-told, <-told; first != "4 first" || second != "5 second" {
		t.Errorf("the owner was told %q and %q", first, second)
	}
}

// C9: while somebody claims the items nobody else receives, nor waits to.
func TestClaimRefusesReceivers(t *testing.T) {
	_, _, x, y := pair(t)
	waiting := make(chan error, 1)
	go func() { // ends with the claim
		_, err := next(t, y)
		waiting <- err
	}()
	y.Claim()
	if err := <-waiting; err != framed.ErrClaimed {
		t.Errorf("a waiting receiver gets %v", err)
	}
	if _, err := next(t, y); err != framed.ErrClaimed {
		t.Errorf("a receiver gets %v", err)
	}
	select {
	case <-y.Claimed():
	default:
		t.Error("the claim is not told")
	}
	y.Unclaim()
	x.Send(t.Context(), protocol.FrameString, []byte("later"))
	if f, err := next(t, y); string(f.Body) != "later" || err != nil {
		t.Errorf("then %q came, %v", f.Body, err)
	}
}

// P6: a reason that cannot be read ends the mux.
func TestGarbledReasonEndsTheMux(t *testing.T) {
	_, far, x, y := pair(t)
	x.Close(io.EOF, errors.New("garbled"))
	<-far.Done()
	if far.Err() == nil || y.Err() == nil {
		t.Errorf("the ends are %v and %v", far.Err(), y.Err())
	}
}

// C10
func TestLookupFindsWhatBothSidesOpened(t *testing.T) {
	near, far, x, y := pair(t)
	for m, want := range map[*framed.Mux]*framed.Channel{near: x, far: y} {
		if ch, err := m.Lookup(uint64(x.ID())); ch != want || err != nil {
			t.Errorf("channel %d is %v, %v", x.ID(), ch, err)
		}
	}
	for _, id := range []uint64{0, 1, 1<<32 - 1, 1 << 40} { // the control stream is no channel
		if ch, err := near.Lookup(id); err == nil {
			t.Errorf("channel %d is found: %v", id, ch)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := near.New(ctx); err != context.Canceled {
		t.Errorf("New with an ended ctx gives %v", err)
	}
}
