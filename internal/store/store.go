package store

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// ErrMissing is the error of Use for a program that has to be put first.
var ErrMissing = errors.New("the program is not in the store")

// Options bound a store.
type Options struct {
	// MaxBytes is how much all programs may take together before those that were
	// not used for longest are removed. Default: 1 GiB.
	MaxBytes int64
	// MaxProgram is the size of the largest program that is taken. Default: 256 MiB.
	MaxProgram int64
}

// A Store keeps programs in a folder by the hash of their bytes. It may be used by
// several goroutines at once, and its folder by several processes. It needs no
// closing.
type Store struct {
	// immutable after Open
	dir        string
	maxBytes   int64
	maxProgram int64

	mu      sync.Mutex
	checked map[string]*check // by hash; guarded by mu
}

// Default gives the folder for this user's programs.
func Default() (dir string, err error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("store: find a folder: %w", err)
	}
	return filepath.Join(cache, "farside", "workers"), nil
}

// Open gives the store in a folder, which it makes where there is none, and removes
// what processes that are gone left in it.
func Open(dir string, opts *Options) (*Store, error) {
	dir, err := filepath.Abs(dir) // and without a slash at the end, which would follow a symbolic link
	if err != nil {
		return nil, fmt.Errorf("store: open: %w", err)
	}
	s := &Store{dir: dir, maxBytes: 1 << 30, maxProgram: 256 << 20, checked: map[string]*check{}}
	if opts != nil && opts.MaxBytes != 0 {
		s.maxBytes = opts.MaxBytes
	}
	if opts != nil && opts.MaxProgram != 0 {
		s.maxProgram = opts.MaxProgram
	}
	if err := prepare(dir); err != nil {
		return nil, fmt.Errorf("store: open: %w", err)
	}
	probe, err := s.newUpload()
	if err != nil {
		return nil, fmt.Errorf("store: open: %s cannot be written and locked: %w; "+
			"make it writable or name another folder", dir, err)
	}
	probe.discard()
	s.sweep()
	return s, nil
}

// Holds lists the hashes of the programs for which nothing looks wrong, sorted. It
// does not read them: Use may still find one damaged.
func (s *Store) Holds() ([]string, error) {
	programs, err := s.list()
	if err != nil {
		return nil, fmt.Errorf("store: list programs: %w", err)
	}
	var hashes []string
	for _, program := range programs {
		hashes = append(hashes, program.hash)
	}
	return hashes, nil
}

// Has reports whether there is a program of that hash, without reading it.
func (s *Store) Has(hash string) bool {
	_, err := os.Lstat(s.path(hash))
	return err == nil && IsHash(hash)
}

// IsHash reports whether a text is a hash as a store writes it: 64 digits,
// hexadecimal, in lower case.
func IsHash(text string) bool {
	_, err := hex.DecodeString(text)
	return err == nil && len(text) == 64 && text == strings.ToLower(text)
}

// stored is a program, as far as can be seen without reading it.
type stored struct {
	hash string
	info fs.FileInfo
}

// list gives what is stored, by hash. It is nothing while there is no folder: users empty
// their caches, and the next Put makes it anew.
func (s *Store) list() (programs []stored, err error) {
	if err := checkFolder(s.dir); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		hash, ok := strings.CutSuffix(entry.Name(), exeSuffix)
		if !ok || !IsHash(hash) {
			continue
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed by another process meanwhile
		}
		if err != nil {
			return nil, err
		}
		if isProgram(info) {
			programs = append(programs, stored{hash, info})
		}
	}
	return programs, nil
}

func (s *Store) path(hash string) string { return filepath.Join(s.dir, hash+exeSuffix) }

func (s *Store) usedPath(hash string) string { return filepath.Join(s.dir, hash+usedSuffix) }

// short is enough of a hash for people.
func short(hash string) string {
	if !IsHash(hash) {
		return strconv.Quote(hash[:min(len(hash), 80)])
	}
	return hash[:12] + "..."
}
