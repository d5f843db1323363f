package store_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/store"
)

// B4: where no socket server runs it is the workers that keep their folder bounded.
func TestHeldProgramStaysAndOthersMakeRoom(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, nil)
	var paths []string
	for i, program := range []string{"one1", "two2", "thr3"} {
		hash := put(t, s, program)
		check(t, os.Remove(filepath.Join(dir, hash+".used"))) // as stage zero leaves them
		paths = append(paths, filepath.Join(dir, hash))
		old := time.Now().Add(time.Duration(i-100) * time.Hour)
		check(t, os.Chtimes(paths[i], old, old))
	}
	release, err := store.Hold(paths[0], room)
	check(t, err)
	wantHeld(t, s, filepath.Base(paths[0]), filepath.Base(paths[2]))
	wantMarked(t, dir, filepath.Base(paths[0]))

	again, err := store.Hold(paths[2], &store.Options{MaxBytes: 1})
	check(t, err)
	wantHeld(t, s, filepath.Base(paths[0]), filepath.Base(paths[2])) // both are in use
	release()
	again()
	wantMarked(t, dir)
	for _, path := range []string{paths[0], paths[2]} {
		if info, err := os.Stat(path); err != nil || time.Since(info.ModTime()) > time.Hour {
			t.Errorf("it does not tell that it was used: %v, %v", info.ModTime(), err)
		}
	}
}

// Two that end at once must not leave the mark, nor take it from one that still runs.
func TestMarkGoesWithTheLastThatHolds(t *testing.T) {
	dir := temp(t)
	hash := put(t, open(t, dir, nil), "one1")
	first, err := store.Hold(filepath.Join(dir, hash), nil)
	check(t, err)
	second, err := store.Hold(filepath.Join(dir, hash), nil)
	check(t, err)
	first()
	wantMarked(t, dir, hash)
	second()
	wantMarked(t, dir)
}

// wantMarked wants marks of these programs only.
func wantMarked(t testing.TB, dir string, want ...string) {
	t.Helper()
	marks, _ := filepath.Glob(filepath.Join(dir, "*.used"))
	for i := range marks {
		marks[i] = strings.TrimSuffix(filepath.Base(marks[i]), ".used")
	}
	if !slices.Equal(marks, want) {
		t.Errorf("in use are %q, not %q", marks, want)
	}
}

func TestWhatHasNoHashForANameIsNotHeld(t *testing.T) {
	path := filepath.Join(t.TempDir(), "worker")
	_, err := store.Hold(path, nil)
	wantError(t, err, "hold "+path, "64 hexadecimal digits")
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) > 0 {
		t.Errorf("left are %v", left)
	}
}
