package store

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
)

// evict removes what was not used for longest until the rest fits. It does what it
// can: what fails here fails no Put, and is tried again after the next.
func (s *Store) evict() {
	programs, err := s.list()
	if err != nil {
		return
	}
	s.forget(programs)
	var total int64
	used := map[string]time.Time{}
	for _, program := range programs {
		total += program.info.Size()
		used[program.hash] = s.lastUsed(program)
	}
	slices.SortFunc(programs, func(a, b stored) int {
		return cmp.Or(used[a.hash].Compare(used[b.hash]), strings.Compare(a.hash, b.hash))
	})
	for _, program := range programs {
		if total <= s.maxBytes {
			return
		}
		if s.remove(program, used[program.hash]) {
			total -= program.info.Size()
		}
	}
}

// remove reports whether a program is gone. It stays if it is in use, or was since
// somebody looked.
func (s *Store) remove(program stored, used time.Time) bool {
	held, err := tryLock(s.usedPath(program.hash), exclusive)
	if err != nil {
		return false
	}
	if !s.lastUsed(program).Equal(used) {
		held.release()
		return false
	}
	if err := os.Remove(s.path(program.hash)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		held.release()
		return false
	}
	held.drop()
	return true
}

// lastUsed is what this machine's clock said, where the times that the file system
// gives may be another's, or those of its last tick.
func (s *Store) lastUsed(program stored) time.Time {
	if mark, err := os.Lstat(s.usedPath(program.hash)); err == nil {
		return mark.ModTime()
	}
	return program.info.ModTime() // was put by a process that was killed then
}

// forget drops what is known of programs that are gone, so that it does not grow for
// as long as the process lives.
func (s *Store) forget(programs []stored) {
	there := map[string]bool{}
	for _, program := range programs {
		there[program.hash] = true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for hash := range s.checked {
		if !there[hash] {
			delete(s.checked, hash)
		}
	}
}
