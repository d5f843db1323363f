package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The names in the folder that are not programs: see the package's comment.
const (
	usedSuffix   = ".used"
	uploadPrefix = "put-"
	partSuffix   = ".part"
	lockSuffix   = ".lock"
)

// uploadBase gives what the names of an upload's files have in common. It is written by
// hand because store is in every worker, where regexp would be 0.3 MB more.
func uploadBase(name string) (base string, ok bool) {
	base, isPart := strings.CutSuffix(name, partSuffix)
	base, isLock := strings.CutSuffix(base, lockSuffix)
	rest, isUpload := strings.CutPrefix(base, uploadPrefix)
	pid, random, _ := strings.Cut(rest, "-")
	digits := pid != "" && strings.Trim(pid, "0123456789") == ""
	text := len(random) == 26 && strings.Trim(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
	return base, isUpload && isPart != isLock && digits && text
}

// sweep removes the leftovers of uploads that were cut off, and the marks of programs
// that are gone. What fails here is tried again before the next Put.
func (s *Store) sweep() {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return
	}
	for _, entry := range entries {
		name := entry.Name()
		if base, ok := uploadBase(name); ok {
			sweepUpload(filepath.Join(s.dir, base))
		} else if hash, ok := strings.CutSuffix(name, usedSuffix); ok && IsHash(hash) {
			s.sweepMark(hash)
		}
	}
}

// sweepUpload is for what a process that ended was writing. One that writes has had
// the lock since before there was anything to remove.
func sweepUpload(base string) {
	held, err := tryLock(base+lockSuffix, exclusive)
	if err != nil {
		return
	}
	os.Remove(base + partSuffix)
	held.drop()
}

func (s *Store) sweepMark(hash string) {
	if !s.isGone(hash) {
		return
	}
	held, err := tryLock(s.usedPath(hash), exclusive)
	if err != nil {
		return
	}
	if s.isGone(hash) {
		held.drop()
		return
	}
	held.release() // it was put meanwhile
}

func (s *Store) isGone(hash string) bool {
	_, err := os.Lstat(s.path(hash))
	return errors.Is(err, fs.ErrNotExist)
}
