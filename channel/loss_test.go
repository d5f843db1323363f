package channel_test

import (
	"errors"
	"io"
	"testing"

	"github.com/farside-go/farside/channel"
)

// C7: a program that looks for io.EOF must not take a loss for an orderly end.
func TestLossIsNoOrderlyEnd(t *testing.T) {
	a, b := bufferless(t)
	go io.Copy(io.Discard, b) // ends with b, whose end the near side then reads
	near, err := channel.NewMux(a, channel.Near, nil)
	must(t, err)
	defer near.Close()
	ch, err := near.New(patiently(t))
	if err == nil {
		b.Close()
		_, err = ch.Receive(patiently(t))
	}
	if !errors.Is(err, channel.ErrLost) || errors.Is(err, io.EOF) {
		t.Errorf("got %v", err)
	}
}

// Whoever knows how the other side ended says so, and then it is not lost.
func TestEndThatIsKnownIsNoLoss(t *testing.T) {
	known := errors.New("it exited")
	for _, want := range []error{known, io.EOF} {
		a, b := bufferless(t)
		go io.Copy(io.Discard, b) // ends with b, whose end the near side then reads
		near, err := channel.NewMux(a, channel.Near, &channel.Options{
			Ended: func(error) error { return want },
			Lost:  func(error) error { t.Error("it counts as lost"); return nil },
		})
		must(t, err)
		ch, err := near.New(patiently(t))
		must(t, err)
		b.Close()
		if _, err := ch.Receive(patiently(t)); err != want || near.Err() != want {
			t.Errorf("got %v, and the mux has %v, not %v", err, near.Err(), want)
		}
		near.Close()
	}
}
