package store

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Put keeps the program that r gives up to its end, under its hash. If the program is
// there already and intact, Put returns without reading r. An error leaves nothing in
// the folder. Other programs may have to go for this one, but not those in use.
func (s *Store) Put(hash string, r io.Reader) error {
	if err := s.put(hash, r); err != nil {
		return fmt.Errorf("store: put %s: %w", short(hash), err)
	}
	return nil
}

func (s *Store) put(hash string, r io.Reader) error {
	if !IsHash(hash) {
		return errNoHash
	}
	if s.holds(hash) {
		return nil
	}
	if err := prepare(s.dir); err != nil {
		return err
	}
	s.sweep()
	up, err := s.newUpload()
	if err != nil {
		return err
	}
	defer up.discard()
	if err := up.write(&source{r: r, limit: s.maxProgram}, hash); err != nil {
		return err
	}
	if err := waitForWriter(up.path); err != nil {
		return err
	}
	return s.admit(up.path, hash)
}

// admit gives a program its name and makes room for it. It is marked as in use
// meanwhile, so that room is made neither here nor by others with the program itself.
func (s *Store) admit(part, hash string) error {
	held, err := acquire(s.usedPath(hash), shared)
	if err != nil {
		return err
	}
	defer held.release()
	markUsed(held)
	if err := os.Rename(part, s.path(hash)); err != nil && !s.holds(hash) { // Windows does not replace what runs
		return err
	}
	s.Prune(s.maxBytes) // what fails here fails no Put, and is tried again after the next
	return nil
}

// holds reports whether a program is there and intact. It is as good as newly put
// then, so it counts as used.
func (s *Store) holds(hash string) bool {
	program, err := s.use(hash)
	if err != nil {
		return false
	}
	program.Release()
	return true
}

// An upload is a program on its way into the store.
type upload struct {
	lock *lock
	path string // of what is written
}

func (s *Store) newUpload() (*upload, error) {
	base := filepath.Join(s.dir, fmt.Sprintf("%s%d-%s", uploadPrefix, os.Getpid(), rand.Text()))
	held, err := acquire(base+lockSuffix, exclusive)
	if err != nil {
		return nil, err
	}
	return &upload{held, base + partSuffix}, nil
}

// discard removes what was not renamed.
func (up *upload) discard() {
	os.Remove(up.path)
	up.lock.drop()
}

// write copies and checks, and closes what it wrote when that is on the disk. The
// rename need not be: a program that a power failure takes away is put again.
func (up *upload) write(src *source, hash string) (err error) {
	file, err := os.OpenFile(up.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o700)
	if err != nil {
		return err
	}
	defer func() {
		if closed := file.Close(); err == nil && closed != nil {
			err = src.noRoom(up.path, closed) // network file systems tell it as late as here
		}
	}()
	if err := markWriter(file); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(file, sum), src); src.err != nil {
		return src.err
	} else if err != nil {
		return src.noRoom(up.path, err)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != hash {
		return fmt.Errorf("the %d bytes that came are another program: expected hash %s, got %s; send it again",
			src.read, short(hash), short(got))
	}
	if err := file.Chmod(0o700); err != nil { // whatever the umask took away
		return err
	}
	if err := file.Sync(); err != nil {
		return src.noRoom(up.path, err)
	}
	return nil
}

// A source is what a program comes from. It keeps its own errors apart from those of
// writing, and ends what is too large.
type source struct {
	r     io.Reader
	limit int64
	read  int64
	err   error
}

func (src *source) Read(p []byte) (int, error) {
	n, err := src.r.Read(p)
	src.read += int64(n)
	switch {
	case src.read > src.limit:
		src.err = fmt.Errorf("it is larger than the %d bytes that Options.MaxProgram allows", src.limit)
		return 0, src.err
	case err != nil && !errors.Is(err, io.EOF):
		src.err = fmt.Errorf("read its bytes: after %d of them: %w", src.read, err)
		return n, src.err
	}
	return n, err
}

// noRoom is for errors of writing, of which that is the usual one.
func (src *source) noRoom(path string, err error) error {
	return fmt.Errorf("write its bytes: with %d of them read, to %s: %w; is there room in that folder?",
		src.read, filepath.Dir(path), err)
}
