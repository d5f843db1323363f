package knownhosts

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/crypto/ssh"

	"github.com/farside-go/farside/internal/sshpattern"
)

// maxFile bounds what is taken into memory.
const maxFile = 64 << 20

// A Place is a line of a file.
type Place struct {
	File string
	Line int
}

func (p Place) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// An Entry is a line with a key.
type Entry struct {
	Place
	Key ssh.PublicKey
}

// Markers of lines.
const (
	markAuthority = "cert-authority"
	markRevoked   = "revoked"
)

// read takes from a file the lines that are about the host. A file that is missing
// has none.
func (h *Host) read(path string) error {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("known hosts: %w", err)
	}
	defer file.Close()
	return h.readFrom(file, path)
}

func (h *Host) readFrom(file io.Reader, path string) error {
	content, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return fmt.Errorf("known hosts: %w", err)
	}
	if len(content) > maxFile {
		return fmt.Errorf("known hosts: %s has more than %d bytes", path, maxFile)
	}
	number := 0
	for line := range bytes.Lines(content) {
		number++
		h.line(line, Place{path, number})
	}
	return nil
}

// line takes a line if it is about the host. What cannot be understood, such as a key
// of a kind from the future, is not known but remembered.
func (h *Host) line(line []byte, place Place) {
	fields := bytes.Fields(line)
	if len(fields) == 0 || fields[0][0] == '#' {
		return
	}
	if fields[0][0] == '@' && len(fields) > 1 {
		fields = fields[1:]
	}
	if !h.isNamed(string(fields[0])) {
		return
	}
	marker, _, key, _, _, err := ssh.ParseKnownHosts(line)
	entry := Entry{place, key}
	switch {
	case err != nil:
		h.damaged = append(h.damaged, place)
	case marker == "":
		h.keys = append(h.keys, entry)
	case marker == markAuthority:
		h.authorities = append(h.authorities, entry)
	case marker == markRevoked:
		h.revoked = append(h.revoked, entry)
	default:
		h.damaged = append(h.damaged, place)
	}
}

// isNamed reports whether the first field of a line stands for one of the host's
// names.
func (h *Host) isNamed(field string) bool {
	for _, name := range h.names {
		if strings.HasPrefix(field, "|") {
			if isHashOf(field, name) {
				return true
			}
		} else if sshpattern.Match(name, strings.Split(strings.ToLower(field), ",")) {
			return true
		}
	}
	return false
}

// isHashOf reports whether a field |1|salt|hash is of a name.
func isHashOf(field, name string) bool {
	parts := strings.Split(field, "|")
	if len(parts) != 4 || parts[1] != "1" {
		return false
	}
	salt, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil {
		return false
	}
	hash := hmac.New(sha1.New, salt)
	hash.Write([]byte(name))
	return base64.StdEncoding.EncodeToString(hash.Sum(nil)) == parts[3]
}
