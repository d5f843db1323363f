package store

import (
	"os"
	"testing"

	"github.com/farside-go/farside/internal/stamp"
)

// LosePatience makes waits short for a test in which nobody lets go.
func LosePatience(t *testing.T) {
	before := patience
	patience = 20
	t.Cleanup(func() { patience = before })
}

// Trust has a program's file counted as verified.
func (s *Store) Trust(hash string) error {
	info, err := os.Lstat(s.path(hash))
	if err == nil {
		s.checkOf(hash).intact = stamp.Of(info)
	}
	return err
}

// Known counts the programs of which something is remembered.
func (s *Store) Known() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.checked)
}

// RemoveAfter removes a program as if it had been looked at before meanwhile.
func (s *Store) RemoveAfter(hash string, meanwhile func()) bool {
	info, err := os.Lstat(s.path(hash))
	if err != nil {
		return false
	}
	program := stored{hash, info}
	used := s.lastUsed(program)
	meanwhile()
	return s.remove(program, used)
}
