//go:build unix

package store

import (
	"errors"
	"os"
	"syscall"
)

// tryLock gives errBusy rather than wait.
func tryLock(path string, how kind) (*lock, error) {
	for {
		file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|openPlain, 0o600)
		if err != nil {
			return nil, err
		}
		if err := flock(file, how); err != nil {
			file.Close()
			return nil, err
		}
		if isAt(file, path) {
			return &lock{file}, nil
		}
		file.Close() // the one who had the lock has removed the file: what is locked is nothing any more
	}
}

// isAt reports whether a file is still the one of that name.
func isAt(file *os.File, path string) bool {
	mine, err := file.Stat()
	if err != nil {
		return false
	}
	named, err := os.Lstat(path)
	return err == nil && os.SameFile(mine, named)
}

// release unlocks by itself: a child process may have a copy of the descriptor until
// its exec.
func (l *lock) release() {
	syscall.Flock(int(l.file.Fd()), syscall.LOCK_UN)
	l.file.Close()
}

// drop removes the file, and then the lock, which must be exclusive.
func (l *lock) drop() {
	os.Remove(l.file.Name())
	l.release()
}

func flock(file *os.File, how kind) error {
	operation := syscall.LOCK_NB | syscall.LOCK_SH
	if how == exclusive {
		operation = syscall.LOCK_NB | syscall.LOCK_EX
	}
	for {
		err := syscall.Flock(int(file.Fd()), operation)
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.EWOULDBLOCK):
			return errBusy
		case err != nil:
			return &os.PathError{Op: "flock", Path: file.Name(), Err: err}
		}
		return nil
	}
}

// markWriter makes waitForWriter wait for all copies of the descriptor.
func markWriter(file *os.File) error { return flock(file, exclusive) }

// waitForWriter returns when the descriptor that was marked is closed wherever a fork
// has copied it.
func waitForWriter(path string) error {
	file, err := os.OpenFile(path, os.O_RDONLY|openPlain, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	return retry(func() error { return flock(file, shared) })
}
