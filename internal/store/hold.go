package store

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Hold is for a program that runs from a folder into which others than a Store put it. It
// counts as in use until release, and others that were not used for longest go until the
// rest fits. Of what says so nothing is left in the folder afterwards.
func Hold(path string, opts *Options) (release func(), err error) {
	dir, name := filepath.Split(path)
	hash := strings.TrimSuffix(name, exeSuffix)
	if !IsHash(hash) {
		return nil, fmt.Errorf("store: hold %s: %w", path, errNoHash)
	}
	s, err := Open(dir, opts)
	if err != nil {
		return nil, err
	}
	held, err := acquire(s.usedPath(hash), shared)
	if err != nil {
		return nil, fmt.Errorf("store: hold %s: %w", path, err)
	}
	markUsed(held)
	s.Prune(s.maxBytes) // what fails here is tried again by the next
	return func() {
		now := time.Now()
		os.Chtimes(path, now, now) // from now on that is what tells
		held.release()
		if last, err := tryLock(s.usedPath(hash), exclusive); err == nil {
			last.drop()
		}
	}, nil
}
