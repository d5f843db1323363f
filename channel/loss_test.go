package channel_test

import (
	"errors"
	"io"
	"testing"
	"testing/synctest"

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

// C7: that the other side had closed the channel in good order says nothing of items that
// it could not deliver.
func TestLostItemsOfAClosedChannelAreNoOrderlyEnd(t *testing.T) {
	near, far, cut := doomedPair(t, nil)
	here, there := channelOn(t, near, far)
	const n = 11 // of 64 KiB: more than the 512 that are taken in, less than can be queued besides
	for range n {
		must(t, there.Send(patiently(t), make([]byte, 64<<10)))
	}
	there.Close()
	<-here.Done()
	cut()
	items, err := receiveAll(t, here)
	if len(items) == n || !errors.Is(err, channel.ErrLost) {
		t.Errorf("%d items of %d came, and then %v", len(items), n, err)
	}
}

// What is sent on channels that are closed already counts too.
func TestFlushOfAMuxWaitsForAllChannels(t *testing.T) {
	bubble(t, func(t *testing.T) {
		near, far := stillPair(t, nil)
		here, there := channelOn(t, near, far)
		const n = 11
		for range n {
			must(t, there.Send(patiently(t), make([]byte, 64<<10)))
		}
		there.Close()
		synctest.Wait()
		if far.Channels() != 0 {
			t.Errorf("%d channels are open for the one who closed it", far.Channels())
		}
		flushed := async(func() error { return far.Flush(patiently(t)) })
		stillBlocked(t, "a flush of what nobody receives", flushed)
		if items, err := receiveAll(t, here); len(items) != n || err != io.EOF {
			t.Errorf("%d items came, and then %v", len(items), err)
		}
		must(t, outcome(t, flushed))
	})
}
