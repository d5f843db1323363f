package store

import (
	"errors"
	"fmt"
	"os"
	"time"
)

// kind is how a lock is held.
type kind int

const (
	shared    kind = iota // by all who use a program
	exclusive             // by the one who puts or removes it
)

// errBusy says that somebody else holds the lock.
var errBusy = errors.New("it is locked")

// A lock is held on a file that exists for it alone, by name: tryLock makes the file,
// and whoever holds the lock exclusively may remove it. The file is never a program,
// which must not be open for writing, as locks on network file systems need.
type lock struct{ file *os.File }

// patience bounds, in milliseconds, the wait for what takes the other side a moment:
// to remove a file, or to get from fork to exec. It may have been stopped amid that.
var patience = 20_000

// acquire waits for a lock that nobody holds for long.
func acquire(path string, how kind) (*lock, error) {
	var held *lock
	err := retry(func() (err error) {
		held, err = tryLock(path, how)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return held, nil
}

// retry calls try until it is not busy.
func retry(try func() error) error {
	for range patience {
		if err := try(); !errors.Is(err, errBusy) {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return fmt.Errorf("%w by another process, which does not go on", errBusy)
}
