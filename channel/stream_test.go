package channel_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/farside-go/farside/channel"
)

// C6
func TestStreamCarriesWhatHasNoSize(t *testing.T) {
	a, b := channelPair(t)
	const size = 50 << 20
	source := func(seed byte) io.Reader {
		return io.LimitReader(rand.NewChaCha8([32]byte{seed}), size)
	}
	copyOut := func(ch *channel.Channel, seed byte) <-chan error {
		return async(func() error {
			s := ch.Stream()
			if _, err := io.Copy(s, source(seed)); err != nil {
				return err
			}
			return s.CloseWrite()
		})
	}
	digest := func(r io.Reader) [32]byte {
		h := sha256.New()
		if n, err := io.Copy(h, r); n != size || err != nil {
			t.Errorf("copied %d bytes, %v", n, err)
		}
		return [32]byte(h.Sum(nil))
	}
	there, back := copyOut(a, 1), copyOut(b, 2)
	far := make(chan [32]byte)
	go func() { far <- digest(b.Stream()) }()
	nearSum := digest(a.Stream())
	if <-far != digest(source(1)) || nearSum != digest(source(2)) {
		t.Error("the bytes changed on the way")
	}
	must(t, outcome(t, there))
	must(t, outcome(t, back))
}

// C6: the limit of items is none of a stream's, however much is written at once.
func TestStreamWritesMoreThanAnItem(t *testing.T) {
	for _, limit := range []int{100, 100_000} {
		opts := &channel.Options{MaxItem: limit}
		near, far := muxPairWith(t, opts, opts)
		a, b := channelOn(t, near, far)
		data := bytes.Repeat([]byte("0123456789"), 50_000)
		written := async(func() error {
			if n, err := a.Stream().Write(data); n != len(data) || err != nil {
				return fmt.Errorf("wrote %d bytes: %w", n, err)
			}
			return a.CloseSend()
		})
		if got, err := io.ReadAll(b.Stream()); !bytes.Equal(got, data) || err != nil {
			t.Errorf("with items of %d bytes at the most read %d bytes, %v", limit, len(got), err)
		}
		must(t, outcome(t, written))
	}
}

// C6
func TestStreamMixesWithItems(t *testing.T) {
	a, b := channelPair(t)
	sa, sb := a.Stream(), b.Stream()
	_, err := sa.Write([]byte("written"))
	must(t, err)
	if v, err := b.Receive(patiently(t)); string(v.([]byte)) != "written" || err != nil {
		t.Errorf("what was written arrived as %v, %v", v, err)
	}
	sendAll(t, a, []byte("sent"), []byte{}, 7, []byte("more"), "an item")
	part := make([]byte, 3)
	for _, want := range []string{"sen", "t"} {
		if n, err := sb.Read(part); string(part[:n]) != want || err != nil {
			t.Errorf("read %q, %v, want %q", part[:n], err, want)
		}
	}
	if n, err := sb.Read(part); n != 0 || !isDecodeError(err) {
		t.Errorf("an item that is no bytes is read as %q, %v", part[:n], err)
	}
	if n, err := sb.Read(make([]byte, 10)); n != 4 || err != nil {
		t.Errorf("then read %d, %v", n, err)
	}
	if v, err := b.Receive(patiently(t)); v != "an item" || err != nil {
		t.Errorf("then received %v, %v", v, err)
	}
}

func TestStreamEndsAsTheChannelDoes(t *testing.T) {
	a, b := channelPair(t)
	data := bytes.Repeat([]byte("0123456789"), 50_000)
	go func() {
		a.Stream().Write(data)
		a.CloseWithError(errors.New("torn"))
	}()
	got, err := io.ReadAll(b.Stream())
	var remote *channel.RemoteError
	if !bytes.Equal(got, data) || !errors.As(err, &remote) || remote.Text != "torn" {
		t.Errorf("read %d bytes, %v", len(got), err)
	}
	if _, err := b.Stream().Write([]byte("x")); !errors.Is(err, channel.ErrClosed) {
		t.Errorf("Write after the end gives %v", err)
	}
	c, d := channelPair(t)
	s := c.Stream()
	must(t, s.Close())
	must(t, s.Close())
	if _, err := s.Write([]byte("x")); !errors.Is(err, channel.ErrClosed) {
		t.Errorf("Write after Close gives %v", err)
	}
	if rest, err := io.ReadAll(d.Stream()); len(rest) != 0 || err != nil {
		t.Errorf("after an orderly Close read %q, %v", rest, err)
	}
}
