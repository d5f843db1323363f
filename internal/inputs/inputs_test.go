package inputs_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/inputs"
	"github.com/farside-go/farside/internal/stamp"
)

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	check(t, os.MkdirAll(filepath.Dir(path), 0o700))
	check(t, os.WriteFile(path, []byte(text), 0o600))
}

// taken is a set of a folder with a file and a folder in it, and of a file that is not there.
func taken(t *testing.T) (set *inputs.Set, dir string) {
	t.Helper()
	dir = t.TempDir()
	write(t, filepath.Join(dir, "file"), "text")
	write(t, filepath.Join(dir, "sub", "deep"), "deep")
	set = inputs.New()
	check(t, set.AddFolder(dir))
	check(t, set.AddFile(filepath.Join(dir, "file")))
	check(t, set.AddFile(filepath.Join(dir, "sub", "deep")))
	check(t, set.AddFile(filepath.Join(dir, "sub", "absent")))
	check(t, set.AddFolder(filepath.Join(dir, "nowhere")))
	return set, dir
}

// settle has everything in a set as if it had been written long ago.
func settle(t *testing.T, set *inputs.Set, dir string) {
	t.Helper()
	for _, entries := range []map[string]*inputs.Entry{set.Files, set.Folders} {
		for path, entry := range entries {
			info, err := os.Stat(path)
			check(t, err)
			*entry = inputs.Entry{Stamp: stamp.Of(info), Settled: true, Hash: entry.Hash}
		}
	}
}

// tick waits until the file system's clock has gone on.
func tick(t *testing.T) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clock")
	now := func() time.Time {
		write(t, path, "")
		info, err := os.Stat(path)
		check(t, err)
		return info.ModTime()
	}
	for begun := now(); !now().After(begun); {
	}
}

func TestWhateverChangesIsNoticed(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, dir string){
		"content":          func(t *testing.T, dir string) { write(t, filepath.Join(dir, "file"), "TEXT") },
		"size":             func(t *testing.T, dir string) { write(t, filepath.Join(dir, "file"), "text+") },
		"gone":             func(t *testing.T, dir string) { check(t, os.Remove(filepath.Join(dir, "sub", "deep"))) },
		"new":              func(t *testing.T, dir string) { write(t, filepath.Join(dir, "new"), "") },
		"there after all":  func(t *testing.T, dir string) { write(t, filepath.Join(dir, "sub", "absent"), "") },
		"folder after all": func(t *testing.T, dir string) { check(t, os.Mkdir(filepath.Join(dir, "nowhere"), 0o700)) },
		"folder gone":      func(t *testing.T, dir string) { check(t, os.RemoveAll(dir)) },
		"another of a name": func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "new"), "TEXT")
			check(t, os.Rename(filepath.Join(dir, "new"), filepath.Join(dir, "file")))
		},
		"file that is a folder": func(t *testing.T, dir string) {
			check(t, os.Remove(filepath.Join(dir, "file")))
			check(t, os.Mkdir(filepath.Join(dir, "file"), 0o700))
		},
		"time set back": func(t *testing.T, dir string) {
			info, err := os.Stat(filepath.Join(dir, "file"))
			check(t, err)
			write(t, filepath.Join(dir, "file"), "TEXT")
			check(t, os.Chtimes(filepath.Join(dir, "file"), info.ModTime(), info.ModTime()))
		},
	} {
		for _, settled := range []bool{false, true} {
			set, dir := taken(t)
			if settled {
				settle(t, set, dir)
				tick(t)
			}
			if !set.Same() {
				t.Errorf("%s: not the same before", name)
			}
			change(t, dir)
			for range 2 { // and not only once
				if set.Same() {
					t.Errorf("%s, %v: not noticed", name, settled)
				}
			}
		}
	}
}

// Two writes in one tick of the file system's clock leave one stamp.
func TestChangeWithoutAnotherStampIsNoticed(t *testing.T) {
	set, dir := taken(t)
	path := filepath.Join(dir, "file")
	write(t, path, "TEXT")
	info, err := os.Stat(path)
	check(t, err)
	set.Files[path].Stamp = stamp.Of(info)
	if set.Same() {
		t.Error("not noticed")
	}
}

// What was touched is read once, and then known by its new stamp.
func TestTouchedIsTheSame(t *testing.T) {
	set, dir := taken(t)
	settle(t, set, dir)
	path, long := filepath.Join(dir, "file"), time.Now().Add(-time.Hour)
	check(t, os.Chtimes(path, long, long))
	if !set.Same() {
		t.Error("not the same")
	}
	info, err := os.Stat(path)
	check(t, err)
	if set.Files[path].Stamp != stamp.Of(info) {
		t.Error("it is not known by its new stamp")
	}
}

// What has settled since is worth being written down, once. This package's own file is
// as old as that.
func TestBetterStampsAreTold(t *testing.T) {
	set, _ := taken(t)
	if !set.Same() || set.Refreshed() {
		t.Error("young stamps are better than young ones")
	}
	check(t, set.AddFile("inputs.go"))
	set.Files["inputs.go"].Settled = false
	if !set.Same() || !set.Refreshed() || !set.Same() || set.Refreshed() {
		t.Error("it is not told that a stamp is better, or twice")
	}
}

// A stamp that can be trusted is: nothing is read.
func TestSettledIsNotRead(t *testing.T) {
	set, dir := taken(t)
	settle(t, set, dir)
	for _, entry := range set.Files {
		entry.Hash = "of something else"
	}
	if !set.Same() {
		t.Error("it was read")
	}
}

func TestSetsThatWereWrittenAreTheSame(t *testing.T) {
	set, dir := taken(t)
	data, err := json.Marshal(set)
	check(t, err)
	read := inputs.New()
	check(t, json.Unmarshal(data, read))
	if !read.Same() {
		t.Error("not the same")
	}
	write(t, filepath.Join(dir, "file"), "TEXT")
	if read.Same() {
		t.Error("not noticed")
	}
}

// The sum is of the content, wherever and whenever it was written.
func TestSumIsOfContentAndNames(t *testing.T) {
	sum := func(set *inputs.Set, dir string) string {
		return set.Sum(func(path string) string { return strings.TrimPrefix(path, dir) })
	}
	one, oneDir := taken(t)
	two, twoDir := taken(t)
	if sum(one, oneDir) != sum(two, twoDir) {
		t.Error("the same content has two sums")
	}
	write(t, filepath.Join(twoDir, "new"), "new")
	check(t, two.AddFile(filepath.Join(twoDir, "new")))
	if sum(one, oneDir) == sum(two, twoDir) || sum(one, oneDir) == sum(one, "") {
		t.Error("what differs has one sum")
	}
}

func TestChangedSince(t *testing.T) {
	set, _ := taken(t)
	if !set.ChangedSince(time.Now().Add(-time.Hour)) || set.ChangedSince(time.Now().Add(time.Hour)) {
		t.Error("what was written now was written some other time")
	}
}
