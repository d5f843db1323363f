package registry

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"sync"
)

// BuildID tells this program from every other: it is what the toolchain calls the build
// ID, a hash of what is in the program, or where it was told to leave that out, the
// hash of its file.
var BuildID = sync.OnceValues(func() (string, error) {
	id, err := ownID()
	if err != nil {
		return "", fmt.Errorf("find out which build this program is: %w", err)
	}
	return id, nil
})

func ownID() (string, error) {
	file, err := openSelf()
	if err != nil {
		return "", err
	}
	defer file.Close()
	return fileID(file)
}

// openSelf opens the file of this program: on Linux the one that runs, even where
// another has taken its place.
func openSelf() (*os.File, error) {
	if runtime.GOOS == "linux" {
		if file, err := os.Open("/proc/self/exe"); err == nil {
			return file, nil
		}
	}
	path, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return os.Open(path)
}

// idWithin is how far into the file the linker puts the id at most: it is in the first
// page of the text, or among the notes, behind the header.
const idWithin = 64 << 10

func fileID(file io.Reader) (string, error) {
	head, err := io.ReadAll(io.LimitReader(file, idWithin))
	if err != nil {
		return "", err
	}
	if id := find(head); id != "" {
		return id, nil
	}
	sum := sha256.New()
	sum.Write(head)
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return "sha256:" + hex.EncodeToString(sum.Sum(nil)), nil
}

// An ELF note of the toolchain's build ID.
const (
	noteName = "Go\x00\x00"
	noteKind = 4
)

func find(head []byte) string {
	if bytes.HasPrefix(head, []byte("\x7fELF")) {
		return findNote(head)
	}
	return findMarked(head)
}

// findNote finds the id among the notes of an ELF file: the lengths of name and content,
// a kind, the name, the content.
func findNote(head []byte) string {
	var order binary.ByteOrder = binary.LittleEndian
	if len(head) > 5 && head[5] == 2 { // the header's data encoding
		order = binary.BigEndian
	}
	for at := 0; ; {
		next := bytes.Index(head[at:], []byte(noteName))
		if next < 0 {
			return ""
		}
		name := at + next
		at = name + len(noteName)
		if name < 12 || order.Uint32(head[name-12:]) != uint32(len(noteName)) || order.Uint32(head[name-4:]) != noteKind {
			continue
		}
		if size := uint64(order.Uint32(head[name-8:])); size <= uint64(len(head)-at) {
			return string(head[at : at+int(size)])
		}
	}
}

// findMarked finds the id at the beginning of the text of other files.
func findMarked(head []byte) string {
	_, rest, ok := bytes.Cut(head, []byte("\xff Go build ID: "))
	quoted, _, ended := bytes.Cut(rest, []byte("\n \xff"))
	if !ok || !ended {
		return ""
	}
	id, _ := strconv.Unquote(string(quoted))
	return id
}
