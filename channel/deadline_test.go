package channel_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
)

// reading starts a Read that must give want, or a passed deadline if that is empty.
func reading(s *channel.Stream, want string) <-chan error {
	return async(func() error {
		got := make([]byte, 100)
		n, err := s.Read(got)
		switch {
		case want == "" && n == 0 && errors.Is(err, os.ErrDeadlineExceeded):
			return nil
		case err != nil || string(got[:n]) != want:
			return errors.New("read " + string(got[:n]) + ", not " + want + "; " + errText(err))
		}
		return nil
	})
}

func errText(err error) string {
	if err == nil {
		return "no error"
	}
	return err.Error()
}

func write(t *testing.T, s *channel.Stream, text string) {
	t.Helper()
	if n, err := s.Write([]byte(text)); n != len(text) || err != nil {
		t.Fatalf("wrote %d bytes, %v", n, err)
	}
}

// C3 of a stream.
func TestReadDeadlineKeepsItem(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		from, to := a.Stream(), b.Stream()
		begun := time.Now()
		to.SetReadDeadline(begun.Add(time.Minute))
		must(t, <-reading(to, ""))
		if waited := time.Since(begun); waited != time.Minute {
			t.Errorf("it waited %v", waited)
		}
		must(t, <-reading(to, "")) // it stays passed
		write(t, from, "kept")
		must(t, <-reading(to, ""))
		to.SetReadDeadline(time.Time{})
		must(t, <-reading(to, "kept"))
	})
}

func TestPastDeadlineFailsAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		from, to := a.Stream(), b.Stream()
		write(t, from, "kept")
		begun := time.Now()
		for _, past := range []time.Time{time.Unix(1, 0), begun, begun.Add(-time.Hour)} {
			from.SetDeadline(past)
			to.SetDeadline(past)
			must(t, <-reading(to, ""))
			if n, err := from.Write([]byte("not sent")); n != 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("wrote %d, %v", n, err)
			}
		}
		if waited := time.Since(begun); waited != 0 {
			t.Errorf("it waited %v", waited)
		}
		to.SetDeadline(begun.Add(time.Hour))
		must(t, <-reading(to, "kept"))
	})
}

func TestDeadlineMovesWhileAReadWaits(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		from, to := a.Stream(), b.Stream()
		begun := time.Now()
		to.SetReadDeadline(begun.Add(time.Hour))
		read := reading(to, "")
		stillBlocked(t, "the Read", read)
		to.SetReadDeadline(begun.Add(time.Minute)) // nearer
		must(t, <-read)
		if waited := time.Since(begun); waited != time.Minute {
			t.Errorf("it waited %v", waited)
		}
		for _, later := range []time.Time{begun.Add(24 * time.Hour), {}} { // farther, or none
			to.SetReadDeadline(time.Now().Add(time.Minute))
			read = reading(to, "late")
			stillBlocked(t, "the Read", read)
			to.SetReadDeadline(later)
			time.Sleep(time.Hour)
			stillBlocked(t, "the Read", read)
			write(t, from, "late")
			must(t, <-read)
		}
	})
}

// The timer of the old deadline may be at work already.
func TestDeadlineMovesInTheMomentThatItPasses(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		from, to := a.Stream(), b.Stream()
		for range 100 {
			to.SetReadDeadline(time.Now().Add(time.Minute))
			time.Sleep(time.Minute)
			to.SetReadDeadline(time.Now().Add(time.Hour))
			read := reading(to, "late")
			stillBlocked(t, "the Read", read)
			write(t, from, "late")
			must(t, <-read)
		}
	})
}

// C2 of a stream: what was queued is told, and nothing of it comes twice.
func TestWriteDeadlineTellsWhatWasQueued(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		from, to := a.Stream(), b.Stream()
		data := bytes.Repeat([]byte("0123456789abcdef"), 1<<20)
		from.SetWriteDeadline(time.Now().Add(time.Minute))
		n, err := from.Write(data)
		if n == 0 || n == len(data) || !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatalf("wrote %d of %d bytes, %v", n, len(data), err)
		}
		if again, err := from.Write(data[n:]); again != 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("behind its deadline it wrote %d, %v", again, err)
		}
		from.SetWriteDeadline(time.Time{})
		written := async(func() error {
			_, err := from.Write(data[n:])
			return errors.Join(err, from.CloseWrite())
		})
		if got, err := io.ReadAll(to); !bytes.Equal(got, data) || err != nil {
			t.Errorf("read %d of %d bytes, %v", len(got), len(data), err)
		}
		must(t, <-written)
	})
}

func TestDeadlinesOfTwoDirectionsAreTwo(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		from, to := a.Stream(), b.Stream()
		from.SetReadDeadline(time.Unix(1, 0))
		to.SetWriteDeadline(time.Unix(1, 0))
		read := reading(to, "there")
		write(t, from, "there")
		must(t, <-read)
		must(t, <-reading(from, ""))
	})
}

// The end of the channel is told as such, whatever the deadline.
func TestEndIsNoPassedDeadline(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		to := b.Stream()
		to.SetDeadline(time.Now().Add(time.Hour))
		must(t, a.Close())
		if _, err := to.Read(make([]byte, 1)); err != io.EOF {
			t.Errorf("read: %v", err)
		}
	})
}
