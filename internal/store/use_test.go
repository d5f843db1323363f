package store_test

import (
	"os"
	"sync"
	"testing"
	"time"
)

func TestUseFindsDamage(t *testing.T) {
	dir := temp(t)
	hash := put(t, open(t, dir, nil), "one")
	s := open(t, dir, nil)
	program := use(t, s, hash)
	info, err := os.Stat(program.Path)
	check(t, err)
	// Of the same size and time, in a file that this process has verified.
	check(t, os.WriteFile(program.Path, []byte("bad"), 0o700))
	check(t, os.Chtimes(program.Path, time.Time{}, info.ModTime()))
	wantMissing(t, s, hash, "damaged")
	wantFiles(t, dir)
	wantMissing(t, s, hash, "not in the store")
}

func TestUseReadsAFileOnce(t *testing.T) {
	s := open(t, temp(t), nil)
	hash := put(t, s, "one")
	path := use(t, s, hash).Path
	check(t, os.WriteFile(path, []byte("bad"), 0o700))
	check(t, s.Trust(hash))
	use(t, s, hash) // would be found damaged if it were read
	use(t, s, hash)
	now := time.Now().Add(-time.Hour)
	check(t, os.Chtimes(path, now, now))
	wantMissing(t, s, hash, "damaged")
}

func TestUseOfAbsentProgramLeavesNothing(t *testing.T) {
	dir := temp(t)
	wantMissing(t, open(t, dir, nil), hashOf("one"), hashOf("one")[:12])
	wantMarks(t, dir, 0)
}

// The race detector sees it if they do not wait for the one that reads.
func TestUsesAtOnceShareWhatIsKnown(t *testing.T) {
	dir := temp(t)
	hash := put(t, open(t, dir, nil), "one")
	s := open(t, dir, nil)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			program, err := s.Use(hash)
			if err != nil {
				t.Error(err)
				return
			}
			program.Release()
		})
	}
	group.Wait()
}
