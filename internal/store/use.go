package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"

	"github.com/farside-go/farside/internal/stamp"
)

var errNoHash = errors.New("that is not a hash, which is 64 hexadecimal digits in lower case")

// A Program is in use, and so not removed to make room, until Release.
type Program struct {
	Path string // absolute, of a file that can be started

	once sync.Once
	lock *lock
}

// Release ends the use, which may be before the program has ended: what runs needs
// its file no more. More calls than one do no harm.
func (p *Program) Release() {
	p.once.Do(func() {
		markUsed(p.lock)
		p.lock.release()
	})
}

// Use gives a program to start. The error matches ErrMissing if it is to be put
// first: also if it was there and damaged, in which case it was removed, and also soon
// after a Put, if another process made room.
func (s *Store) Use(hash string) (*Program, error) {
	program, err := s.use(hash)
	if err != nil {
		return nil, fmt.Errorf("store: use %s: %w", short(hash), err)
	}
	return program, nil
}

func (s *Store) use(hash string) (*Program, error) {
	if !IsHash(hash) {
		return nil, errNoHash
	}
	if err := checkFolder(s.dir); err != nil {
		return nil, missing(err)
	}
	if _, err := os.Lstat(s.path(hash)); err != nil {
		return nil, missing(err) // before a lock's file is made for nothing
	}
	held, err := acquire(s.usedPath(hash), shared)
	if err != nil {
		return nil, err
	}
	if err := s.verify(hash); err != nil {
		held.release()
		return nil, err
	}
	markUsed(held)
	return &Program{Path: s.path(hash), lock: held}, nil
}

// markUsed keeps the time beside the program, since the program's own times tell
// whether it has changed. If it cannot be kept, the program is only removed early.
func markUsed(held *lock) {
	now := time.Now()
	os.Chtimes(held.file.Name(), now, now)
}

func missing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return ErrMissing
	}
	return err
}

// A check is what is known of a program in this process. Those who want it at the
// same time wait for the one that reads it.
type check struct {
	sync.Mutex
	intact stamp.Stamp // of the file whose bytes had the hash
}

func (s *Store) checkOf(hash string) *check {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.checked[hash] == nil {
		s.checked[hash] = &check{}
	}
	return s.checked[hash]
}

// errReplaced says that while a file was read another took its name.
var errReplaced = errors.New("its file keeps changing")

// verify gives nil if the file has the bytes that its name says.
func (s *Store) verify(hash string) error {
	known := s.checkOf(hash)
	known.Lock()
	defer known.Unlock()
	for range 10 {
		if err := known.read(s.path(hash), hash); !errors.Is(err, errReplaced) {
			return err
		}
	}
	return fmt.Errorf("%w: %s", errReplaced, s.path(hash))
}

func (known *check) read(path, hash string) error {
	if info, err := os.Lstat(path); err != nil {
		return missing(err)
	} else if !isProgram(info) {
		return removeBad(path, fmt.Sprintf("is no program of this user's own (%v)", info.Mode()))
	}
	file, err := os.OpenFile(path, os.O_RDONLY|openPlain, 0)
	if err != nil {
		return missing(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	found := stamp.Of(info)
	if known.intact == found {
		return nil
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return err // may be the disk's, or too many open files: no reason to remove anything
	}
	if now, err := os.Lstat(path); err != nil || found != stamp.Of(now) {
		return errReplaced
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != hash {
		return removeBad(path, fmt.Sprintf("was damaged (its bytes have the hash %s)", short(got)))
	}
	known.intact = found
	return nil
}

// removeBad removes what must not be run, and says that the program is missing.
func removeBad(path, why string) error {
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("%w: what was there %s, and stays: %v", ErrMissing, why, err)
	}
	return fmt.Errorf("%w: what was there %s, and is removed", ErrMissing, why)
}
