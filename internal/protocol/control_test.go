package protocol_test

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/protocol"
)

// P6
func TestMessagesComeBack(t *testing.T) {
	sent := []protocol.Message{
		{Kind: protocol.ControlOpen, ID: 3, Body: []byte("label")},
		{Kind: protocol.ControlClose, ID: 1<<32 - 1, Body: []byte{}},
		{Kind: 200, ID: 0, Body: bytes.Repeat([]byte{1}, 100_000)},
	}
	var wire []byte
	for _, msg := range sent {
		wire = append(wire, msg.Encode()...)
	}
	if want := "\x07\x01\x03label"; !strings.HasPrefix(string(wire), want) {
		t.Errorf("the first message is %q, want %q", wire[:len(want)], want)
	}
	in := bufio.NewReader(bytes.NewReader(wire))
	for _, want := range sent {
		if got, err := protocol.ReadMessage(in); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("message %d to %d came back as %d to %d, %v", want.Kind, want.ID, got.Kind, got.ID, err)
		}
	}
	if _, err := protocol.ReadMessage(in); err != io.EOF {
		t.Errorf("after the last: %v", err)
	}
}

// P6
func TestBadMessagesAreViolations(t *testing.T) {
	for name, wire := range map[string][]byte{
		"too long": binary.AppendUvarint(nil, 4<<20+1),
		"2^62":     binary.AppendUvarint(nil, 1<<62),
		"empty":    {0},
		"no id":    {1, protocol.ControlOpen},
		"half id":  {2, protocol.ControlOpen, 0x80},
		"id 2^32":  {6, protocol.ControlOpen, 0x80, 0x80, 0x80, 0x80, 0x10},
	} {
		if msg, err := protocol.ReadMessage(bufio.NewReader(bytes.NewReader(wire))); !isViolation(err) {
			t.Errorf("%s: %+v, %v", name, msg, err)
		}
	}
	whole := protocol.Message{Kind: protocol.ControlOpen, ID: 300, Body: []byte("label")}.Encode()
	for n := range whole {
		if msg, err := protocol.ReadMessage(bufio.NewReader(bytes.NewReader(whole[:n]))); err == nil {
			t.Errorf("%d of %d bytes are read as %+v", n, len(whole), msg)
		}
	}
}

// P7
func TestBindingsComeBack(t *testing.T) {
	want := map[string][]byte{"": {1}, "name": {0x61, 'x'}, "long": bytes.Repeat([]byte{0}, 1000), "none": {}}
	body := protocol.AppendBindings(nil, want)
	clock, got, size, err := protocol.ReadBindings(append(binary.AppendUvarint(nil, 1<<40), body...))
	if clock != 1<<40 || size != len(body) || err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%q came back as %q with clock %d and %d bytes of %d, %v", want, got, clock, size, len(body), err)
	}
	one := append([]byte{5}, protocol.AppendBindings(nil, map[string][]byte{"name": {1, 2}})...)
	if string(one) != "\x05\x04name\x02\x01\x02" {
		t.Errorf("a binding is %q", one)
	}
	for n := range one {
		if _, raws, _, err := protocol.ReadBindings(one[:n]); n != 1 && !isViolation(err) {
			t.Errorf("%q is read as %v, %v", one[:n], raws, err)
		}
	}
}
