package store

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sort"
	"strings"
	"time"
)

// An Info tells of a program in a store.
type Info struct {
	Hash string
	Size int64
	Used time.Time // last
}

// Programs lists what is stored, what was not used for longest first.
func (s *Store) Programs() ([]Info, error) {
	programs, err := s.byUse()
	if err != nil {
		return nil, fmt.Errorf("store: list programs: %w", err)
	}
	infos := make([]Info, len(programs))
	for i, program := range programs {
		infos[i] = program.told()
	}
	return infos, nil
}

// Prune removes what was not used for longest until the rest has no more than limit
// bytes, and tells what is gone. What is in use stays.
func (s *Store) Prune(limit int64) (removed []Info, err error) {
	programs, err := s.byUse()
	if err != nil {
		return nil, fmt.Errorf("store: prune: %w", err)
	}
	var total int64
	for _, program := range programs {
		total += program.info.Size()
	}
	for _, program := range programs {
		if total <= limit {
			break
		}
		if s.remove(program.stored, program.used) {
			total -= program.info.Size()
			removed = append(removed, program.told())
		}
	}
	return removed, nil
}

// dated is a program with the time of its last use.
type dated struct {
	stored
	used time.Time
}

func (d dated) told() Info { return Info{Hash: d.hash, Size: d.info.Size(), Used: d.used} }

// byUse lists the programs, what was not used for longest first.
func (s *Store) byUse() (programs []dated, err error) {
	all, err := s.list()
	if err != nil {
		return nil, err
	}
	s.forget(all)
	for _, program := range all {
		programs = append(programs, dated{program, s.lastUsed(program)})
	}
	sort.Slice(programs, func(i, j int) bool { // which takes less room in a worker than slices.SortFunc
		a, b := programs[i], programs[j]
		return cmp.Or(a.used.Compare(b.used), strings.Compare(a.hash, b.hash)) < 0
	})
	return programs, nil
}

// Path gives the path that a program of that hash has in the store. Who starts it calls
// Use.
func (s *Store) Path(hash string) string { return s.path(hash) }

// Remove removes a program that was told of, and reports whether it is gone. It stays if
// it is in use, or was since.
func (s *Store) Remove(told Info) bool {
	info, err := os.Lstat(s.path(told.Hash))
	return err == nil && s.remove(stored{told.Hash, info}, told.Used)
}

// remove reports whether a program is gone. It stays if it is in use, or was since
// somebody looked.
func (s *Store) remove(program stored, used time.Time) bool {
	_, err := os.Lstat(s.usedPath(program.hash))
	marked := err == nil // if not, it is by the lock below, with a time that says nothing
	held, err := tryLock(s.usedPath(program.hash), exclusive)
	if err != nil {
		return false
	}
	if marked && !s.lastUsed(program).Equal(used) {
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
