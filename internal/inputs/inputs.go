// Package inputs remembers what went into a build, so that whether anything has changed
// since is known without asking who did the build: from stamps, and from hashes where
// stamps tell nothing.
package inputs

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/farside-go/farside/internal/stamp"
)

// A Set is everything that a build has looked at. It is not safe for concurrent use.
type Set struct {
	Files   map[string]*Entry // by path: what is in them
	Folders map[string]*Entry // by path: the names in them
	Absent  []string          // what was looked for and is not there

	refreshed bool
}

// An Entry is a file or a folder.
type Entry struct {
	Stamp   stamp.Stamp
	Settled bool   // another stamp will tell if it changes
	Hash    string // of the bytes, or the names
}

// New gives a Set with nothing in it.
func New() *Set { return &Set{Files: map[string]*Entry{}, Folders: map[string]*Entry{}} }

// AddFile takes in a file, or that there is none.
func (s *Set) AddFile(path string) error { return s.add(s.Files, path, hashFile) }

// AddFolder takes in the names of what is in a folder, or that there is none.
func (s *Set) AddFolder(path string) error { return s.add(s.Folders, path, hashNames) }

func (s *Set) add(to map[string]*Entry, path string, hash func(string) (string, error)) error {
	if to[path] != nil {
		return nil
	}
	entry, err := look(path, hash)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s.Absent = append(s.Absent, path)
		return nil
	case err != nil:
		return err
	}
	to[path] = entry
	return nil
}

// Same reports whether everything is as it was when it was taken in. What has another
// stamp and the same content is the same, and is known by the new stamp from then on.
func (s *Set) Same() bool {
	for _, path := range s.Absent {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return false
		}
	}
	return s.allSame(s.Folders, hashNames) && s.allSame(s.Files, hashFile)
}

func (s *Set) allSame(entries map[string]*Entry, hash func(string) (string, error)) bool {
	for path, entry := range entries {
		before := *entry
		if !entry.same(path, hash) {
			return false
		}
		s.refreshed = s.refreshed || entry.Settled && *entry != before
	}
	return true
}

// Refreshed reports whether Same has found better stamps since this was last asked.
func (s *Set) Refreshed() bool {
	refreshed := s.refreshed
	s.refreshed = false
	return refreshed
}

// same reports whether what is at path is the entry still.
func (e *Entry) same(path string, hash func(string) (string, error)) bool {
	info, err := os.Stat(path)
	if err == nil && e.Settled && e.Stamp == stamp.Of(info) {
		return true
	}
	now, err := look(path, hash)
	if err != nil || now.Hash != e.Hash {
		return false
	}
	*e = *now
	return true
}

// look makes an Entry of what is at path now.
func look(path string, hash func(string) (string, error)) (*Entry, error) {
	now := time.Now()
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	sum, err := hash(path)
	found := stamp.Of(info)
	return &Entry{found, found.Settled(now), sum}, err
}

// ChangedSince reports whether anything has been changed after a time, as far as stamps
// tell.
func (s *Set) ChangedSince(t time.Time) bool {
	for _, entries := range []map[string]*Entry{s.Files, s.Folders} {
		for _, entry := range entries {
			if max(entry.Stamp.Changed, entry.Stamp.Modified) > t.UnixNano() {
				return true
			}
		}
	}
	return false
}

// Sum is a hash of the content of all files, each with the name that name gives it.
func (s *Set) Sum(name func(path string) string) string {
	var lines []string
	for path, entry := range s.Files {
		lines = append(lines, fmt.Sprintf("%q %s\n", name(path), entry.Hash))
	}
	slices.Sort(lines)
	return hashText(strings.Join(lines, ""))
}

func hashText(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func hashFile(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// hashNames tells whether something came, went, or became a folder.
func hashNames(path string) (string, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return "", err
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	var names strings.Builder
	for _, entry := range entries {
		fmt.Fprintf(&names, "%q %v\n", entry.Name(), entry.IsDir())
	}
	return hashText(names.String()), nil
}
