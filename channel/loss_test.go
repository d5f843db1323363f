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
