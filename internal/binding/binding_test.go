package binding_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/farside-go/farside/internal/binding"
	"github.com/farside-go/farside/internal/protocol"
)

// A side is one end of a channel as far as bindings go, and what it has sent.
type side struct {
	binding.Table
	near bool
	sent [][]byte
}

// set binds name to the one byte value.
func (s *side) set(t *testing.T, name string, value byte) {
	t.Helper()
	raws := map[string][]byte{name: {value}}
	body := protocol.AppendBindings(nil, raws)
	if err := s.Await(t.Context(), nil, body); err != nil {
		t.Fatal(err)
	}
	err := s.Put(raws, body, s.near, func(msg []byte) error {
		s.sent = append(s.sent, msg)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// take takes in what other has sent.
func (s *side) take(t *testing.T, other *side) (won int) {
	t.Helper()
	for _, msg := range other.sent {
		stand, _, err := s.TakeIn(msg, other.near)
		if err != nil {
			t.Fatal(err)
		}
		won += len(stand)
	}
	other.sent = nil
	return won
}

func (s *side) want(t *testing.T, name string, want byte) {
	t.Helper()
	if raw, ok, _ := s.Look(name); !ok || raw[0] != want {
		t.Errorf("%s is %v, %v on the side that is near: %v; want %d", name, raw, ok, s.near, want)
	}
}

// P7: both sides bind a name at the same clock. The near side's value stands on both,
// whichever binds it first.
func TestNearSideWinsAtEqualClocks(t *testing.T) {
	near, far := &side{near: true}, &side{}
	near.set(t, "n", 1)
	far.set(t, "n", 2)
	if won := near.take(t, far); won != 0 {
		t.Error("the far side's value is told to the near side, where it does not stand")
	}
	if won := far.take(t, near); won != 1 {
		t.Error("the near side's value does not stand on the far side")
	}
	near.want(t, "n", 1)
	far.want(t, "n", 1)
}

// P7: a later clock wins, whichever side it is of.
func TestLaterClockWins(t *testing.T) {
	near, far := &side{near: true}, &side{}
	far.set(t, "other", 1)
	far.set(t, "n", 2) // at clock 2
	near.set(t, "n", 1)
	near.take(t, far)
	far.take(t, near)
	near.want(t, "n", 2)
	far.want(t, "n", 2)
	near.set(t, "n", 3) // has seen clock 2
	if clock, _ := binary.Uvarint(near.sent[0]); clock != 3 {
		t.Errorf("after clock 2 comes %d", clock)
	}
	far.take(t, near)
	far.want(t, "n", 3)
}

func TestLookTellsOfTheNextChange(t *testing.T) {
	near, far := &side{near: true}, &side{}
	_, ok, changed := far.Look("n")
	near.set(t, "n", 1)
	far.take(t, near)
	select {
	case <-changed:
	default:
		t.Error("the change is not told")
	}
	if ok {
		t.Error("a name is bound that nobody has bound")
	}
}

// P7: 1 MiB is on its way and not acknowledged: the next one waits.
func TestAwaitWaitsForAcknowledgement(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var table binding.Table
		big, done := make([]byte, 1<<20-16), make(chan struct{})
		if err := table.Await(t.Context(), done, big); err != nil {
			t.Fatal(err)
		}
		wait := func(ctx context.Context) chan error {
			result := make(chan error, 1)
			go func() { result <- table.Await(ctx, done, nil) }()
			synctest.Wait()
			if len(result) > 0 {
				t.Fatalf("Await gives %v, but should wait", <-result)
			}
			return result
		}
		ctx, cancel := context.WithCancel(t.Context())
		first := wait(ctx)
		cancel()
		if err := <-first; err != context.Canceled {
			t.Errorf("Await whose ctx ends gives %v", err)
		}
		second := wait(t.Context())
		if err := table.Acknowledged(binary.AppendUvarint(nil, 16)); err != nil {
			t.Fatal(err)
		}
		if err := <-second; err != nil {
			t.Errorf("Await after an acknowledgement gives %v", err)
		}
		third := wait(t.Context())
		close(done)
		if err := <-third; err != binding.ErrEnded {
			t.Errorf("Await on a channel that ended gives %v", err)
		}
	})
}

func TestWhatIsTakenIsAcknowledgedNowAndThen(t *testing.T) {
	var table binding.Table
	if ack := table.Taken(64<<10 - 1); ack != nil {
		t.Errorf("too early an acknowledgement: % x", ack)
	}
	if size, _ := binary.Uvarint(table.Taken(1)); size != 64<<10 {
		t.Errorf("%d bytes are acknowledged", size)
	}
	if ack := table.Taken(1); ack != nil {
		t.Errorf("acknowledged twice: % x", ack)
	}
}

// P7
func TestAcknowledgementOfWhatWasNotSentIsAViolation(t *testing.T) {
	var table binding.Table
	if err := table.Await(t.Context(), nil, nil); err != nil { // counts for 16
		t.Fatal(err)
	}
	for _, body := range [][]byte{nil, {0x80}, {17}, binary.AppendUvarint(nil, 1<<63)} {
		if err := table.Acknowledged(body); err == nil || !strings.Contains(err.Error(), "protocol error") {
			t.Errorf("% x is taken: %v", body, err)
		}
	}
	if err := table.Acknowledged([]byte{16}); err != nil {
		t.Error(err)
	}
}

// P7: the other side does not wait for acknowledgements, or sends too much at once.
func TestBindingsBeyondTheWindowAreAViolation(t *testing.T) {
	msg := func(size int) []byte {
		head := 1 + 1 + 3 // the name and the lengths
		return append([]byte{1}, protocol.AppendBindings(nil, map[string][]byte{"n": make([]byte, size-head)})...)
	}
	var table binding.Table
	if _, _, err := table.TakeIn(msg(1<<20+1), true); err == nil || !strings.Contains(err.Error(), "protocol error") {
		t.Errorf("a set over 1 MiB is taken: %v", err)
	}
	unacknowledged := 0
	for range 40 { // as fast as an honest side may
		_, size, err := table.TakeIn(msg(1<<20), true)
		if err != nil {
			t.Fatal(err)
		}
		if table.Taken(size) == nil {
			t.Fatal("1 MiB is not acknowledged")
		}
	}
	for unacknowledged < 1<<20 { // as far ahead as it may
		_, size, err := table.TakeIn(msg(1<<19), true)
		if err != nil {
			t.Fatalf("%d bytes ahead: %v", unacknowledged, err)
		}
		unacknowledged += size
	}
	if _, _, err := table.TakeIn(msg(100), true); err == nil || !strings.Contains(err.Error(), "protocol error") {
		t.Errorf("%d bytes ahead: %v", unacknowledged, err)
	}
}

// A message that could not be sent gives its room back and binds nothing.
func TestSetThatCannotBeSentLeavesNothing(t *testing.T) {
	var table binding.Table
	broken := errors.New("broken")
	for range 10 { // more than the room
		body := make([]byte, 1<<20)
		if err := table.Await(t.Context(), nil, body); err != nil {
			t.Fatal(err)
		}
		raws := map[string][]byte{"n": body}
		if err := table.Put(raws, body, true, func([]byte) error { return broken }); err != broken {
			t.Errorf("Put gives %v", err)
		}
	}
	if _, ok, _ := table.Look("n"); ok {
		t.Error("what was not sent is bound")
	}
}

func TestNamesAreBounded(t *testing.T) {
	var table binding.Table
	for i := range 1<<16 + 1 {
		msg := append([]byte{1}, protocol.AppendBindings(nil, map[string][]byte{fmt.Sprint(i): {1}})...)
		_, size, err := table.TakeIn(msg, true)
		table.Taken(size)
		if tooMany := i == 1<<16; tooMany != (err == binding.ErrTooMany) {
			t.Fatalf("name %d gives %v", i, err)
		}
	}
}
