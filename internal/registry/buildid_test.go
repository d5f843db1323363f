package registry_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/registry"
)

func TestBuildIDIsThatOfTheToolchain(t *testing.T) {
	tool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("SKIPPED, there is no go command")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "tool", "buildid", self).Output()
	if err != nil {
		t.Fatal(err)
	}
	id, err := registry.BuildID()
	if want := strings.TrimSpace(string(out)); id != want || id == "" || err != nil {
		t.Errorf("got %q, %v; want %q", id, err, want)
	}
}

func TestBuildIDOfEveryFormat(t *testing.T) {
	note := func(order binary.AppendByteOrder, size int) []byte {
		b := order.AppendUint32(nil, 4)
		b = order.AppendUint32(b, uint32(size))
		return append(order.AppendUint32(b, 4), "Go\x00\x00the/id"...)
	}
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	elf := func(data byte) []byte { return append([]byte("\x7fELF\x02"), data, 'G', 'o', 0, 0) }
	filler := bytes.Repeat([]byte("Go\x00\x00"), 999)
	for name, file := range map[string][]byte{
		"ELF":            join(elf(1), filler, note(binary.LittleEndian, 6), filler),
		"big-endian ELF": join(elf(2), filler, note(binary.BigEndian, 6), filler),
		"others":         join([]byte("MZ"), filler, []byte("\xff Go build ID: \"the/id\"\n \xff"), filler),
	} {
		if id, err := registry.FileID(bytes.NewReader(file)); id != "the/id" || err != nil {
			t.Errorf("%s: got %q, %v", name, id, err)
		}
	}
	for name, file := range map[string][]byte{
		"nothing": nil, "ELF's first bytes": []byte("\x7fEL"), "a cut header": []byte("\x7fELF"),
		"a note that is cut":    join(elf(1), note(binary.LittleEndian, 7)),
		"a huge note":           join(elf(1), note(binary.LittleEndian, 1<<31)),
		"an empty note":         join(elf(1), note(binary.LittleEndian, 0)),
		"a mark that is cut":    []byte("MZ\xff Go build ID: \"the/id\""),
		"a mark without quotes": []byte("MZ\xff Go build ID: the/id\n \xff"),
		"no note":               join(elf(1), filler, bytes.Repeat([]byte{0}, 1<<17)),
	} {
		id, err := registry.FileID(bytes.NewReader(file))
		other, _ := registry.FileID(bytes.NewReader(append(file, 1)))
		if !strings.HasPrefix(id, "sha256:") || err != nil || id == other {
			t.Errorf("%s: got %q, %v; with one byte more %q", name, id, err, other)
		}
	}
}
