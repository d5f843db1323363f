package pin

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/farside-go/farside/internal/filelock"
)

// Known is a file of servers' keys, one server on a line:
//
//	host:port SHA256:...
//
// What follows a # is a comment. Many processes and goroutines may use one file at
// the same time. A file with a line that cannot be understood is refused as a whole:
// that line may be the one that would have warned of a changed key.
type Known struct{ path string }

// OpenKnown gives the file at path, which is not read before it is used and need not
// be there.
func OpenKnown(path string) *Known { return &Known{path: path} }

// DefaultKnown gives the path of the user's own file.
func DefaultKnown() (path string, err error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("find the file of known servers: %w", err)
	}
	return filepath.Join(dir, "farside", "known_servers"), nil
}

// Check gives the check for the server at address. A server with another key than
// the file has is refused with a [MismatchError], and one that is not in the file
// with an [UnknownError], unless trustNew: then its key is recorded.
//
// It is recorded before the handshake is over, and so before the server has proved
// that it holds the key. Somebody in between could have got a key recorded anyway.
func (k *Known) Check(address string, trustNew bool) func(fingerprint string) error {
	return func(fingerprint string) error {
		want := knownServer{fingerprint: fingerprint}
		var err error
		if want.address, err = normalize(address); err != nil {
			return err
		}
		err = k.look(want)
		if unknown := (*UnknownError)(nil); trustNew && errors.As(err, &unknown) {
			return k.record(want)
		}
		return err
	}
}

// look reads the file, which may be missing.
func (k *Known) look(server knownServer) error {
	file, err := os.Open(k.path)
	if errors.Is(err, fs.ErrNotExist) {
		return &UnknownError{Address: server.address, Fingerprint: server.fingerprint}
	}
	if err != nil {
		return fmt.Errorf("file of known servers %w", withPath(k.path, err))
	}
	defer file.Close() // and unlocks
	if err := filelock.Lock(file, false); err != nil {
		return fmt.Errorf("lock the file of known servers %w", withPath(k.path, err))
	}
	_, err = k.compare(file, server)
	return err
}

// record adds a server to the file, unless another process has done so since we
// looked. The lock keeps others from adding between our reading and our writing.
func (k *Known) record(server knownServer) error {
	if err := os.MkdirAll(filepath.Dir(k.path), 0o700); err != nil {
		return fmt.Errorf("make the file of known servers: %w", err)
	}
	file, err := os.OpenFile(k.path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("make the file of known servers %w", withPath(k.path, err))
	}
	defer file.Close() // and unlocks
	if err := filelock.Lock(file, true); err != nil {
		return fmt.Errorf("lock the file of known servers %w", withPath(k.path, err))
	}
	content, err := k.compare(file, server)
	if unknown := (*UnknownError)(nil); !errors.As(err, &unknown) {
		return err
	}
	if err := appendLine(file, content, server.String()); err != nil {
		return fmt.Errorf("add to the file of known servers %w", withPath(k.path, err))
	}
	return nil
}

// compare looks for a server in the locked file and gives what it has read.
func (k *Known) compare(file *os.File, server knownServer) (content []byte, err error) {
	if content, err = io.ReadAll(file); err != nil {
		return nil, fmt.Errorf("file of known servers %w", withPath(k.path, err))
	}
	servers, err := parseKnown(content)
	if err != nil {
		return nil, fmt.Errorf("file of known servers %s:%w; correct the line or remove it", k.path, err)
	}
	known, ok := servers[server.address]
	switch {
	case !ok:
		return content, &UnknownError{Address: server.address, Fingerprint: server.fingerprint}
	case !same(known.fingerprint, server.fingerprint):
		return content, &MismatchError{Want: known.fingerprint, Got: server.fingerprint,
			Address: server.address, File: k.path, Line: known.line}
	}
	return content, nil
}

// appendLine leaves the file as it was if the line cannot be written whole.
func appendLine(file *os.File, content []byte, line string) error {
	if n := len(content); n > 0 && content[n-1] != '\n' {
		line = "\n" + line
	}
	if _, err := file.WriteString(line + "\n"); err != nil {
		return errors.Join(err, file.Truncate(int64(len(content))))
	}
	return nil
}
