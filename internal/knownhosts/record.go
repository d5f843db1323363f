package knownhosts

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"github.com/farside-go/farside/internal/filelock"
)

// Record adds the key of a host to a file, unless another process has done so since
// it was read. Another key that has been added since is a [ChangedError].
func Record(path, host string, port int, key ssh.PublicKey, hashed bool) error {
	if cert, ok := key.(*ssh.Certificate); ok {
		key = cert.Key
	}
	if host == "" || strings.ContainsFunc(host, cannotStand) {
		return fmt.Errorf("known hosts: %q cannot stand in such a file; give the host a HostKeyAlias of letters and digits", host)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("known hosts: %w", err)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("known hosts: %w", err)
	}
	defer file.Close() // and unlocks
	if err := filelock.Lock(file, true); err != nil {
		return fmt.Errorf("known hosts: lock %s: %w", path, err)
	}
	h, err := Read(nil, host, port)
	if err == nil {
		err = h.readFrom(file, path)
	}
	if err != nil {
		return err
	}
	err = h.Check(key)
	if unknown := (*UnknownError)(nil); !errors.As(err, &unknown) || len(unknown.Damaged) > 0 {
		return err
	}
	return appendLine(file, h.names[0], key, hashed)
}

// cannotStand reports whether a name with c in it would be read as something else.
func cannotStand(c rune) bool { return c <= ' ' || c > '~' || strings.ContainsRune(",*?!|#@[]", c) }

// appendLine leaves the file as it was if the line cannot be written whole.
func appendLine(file *os.File, name string, key ssh.PublicKey, hashed bool) error {
	if hashed {
		name = knownhosts.HashHostname(name)
	}
	line := name + " " + string(ssh.MarshalAuthorizedKey(key))
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return fmt.Errorf("known hosts: %w", err)
	}
	last := []byte{'\n'}
	if size > 0 {
		if _, err := file.ReadAt(last, size-1); err != nil {
			return fmt.Errorf("known hosts: %w", err)
		}
	}
	if last[0] != '\n' {
		line = "\n" + line
	}
	if _, err := file.WriteString(line); err != nil {
		return fmt.Errorf("known hosts: %w", errors.Join(err, file.Truncate(size)))
	}
	return nil
}
