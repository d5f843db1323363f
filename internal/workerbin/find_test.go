package workerbin_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/workerbin"
)

// B3
func TestFolderOfWorkersHasOneForEachSystem(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"farside-linux-amd64", "farside-linux-arm64", "farside-windows-amd64.exe", "farside-darwin-arm64"} {
		file(t, dir, name, name)
	}
	for system, want := range map[[2]string]string{
		{"linux", "amd64"}: "farside-linux-amd64", {"linux", "arm64"}: "farside-linux-arm64",
		{"windows", "amd64"}: "farside-windows-amd64.exe", {"darwin", "arm64"}: "farside-darwin-arm64",
	} {
		path, err := workerbin.Find(t.Context(), workerbin.Want{Given: dir, OS: system[0], Arch: system[1]})
		if err != nil || path != filepath.Join(dir, want) {
			t.Errorf("for %v it finds %s, %v", system, path, err)
		}
		lean := file(t, dir, strings.Replace(want, "farside-", "farside-lean-", 1), "lean")
		if path, err = workerbin.Find(t.Context(), workerbin.Want{Given: dir, Lean: true, OS: system[0], Arch: system[1]}); err != nil || path != lean {
			t.Errorf("for %v it finds %s as a lean one, %v", system, path, err)
		}
	}
	for _, system := range [][2]string{{"windows", "arm64"}, {"plan9", "386"}} {
		_, err := workerbin.Find(t.Context(), workerbin.Want{Given: dir, OS: system[0], Arch: system[1]})
		wantError(t, err, "the folder of workers", "farside-"+system[0]+"-"+system[1])
	}
}

// What is wrong with a file is told by who starts it.
func TestFileThatIsGivenIsTaken(t *testing.T) {
	for _, path := range []string{file(t, t.TempDir(), "worker", "x"), "/nowhere/worker"} {
		if got, err := workerbin.Find(t.Context(), workerbin.Want{Given: path, OS: "plan9", Arch: "386"}); got != path || err != nil {
			t.Errorf("%s became %s, %v", path, got, err)
		}
	}
}

// A worker that opens gateways before it is one would start itself for ever.
func TestWorkerFindsNoWorker(t *testing.T) {
	t.Setenv("FARSIDE_WORKER", "fd:3")
	for _, given := range []string{"", "/nowhere/worker"} {
		path, err := workerbin.Find(t.Context(), workerbin.Want{Given: given, OS: "linux", Arch: "amd64"})
		if path != "" {
			t.Errorf("it finds %s", path)
		}
		wantError(t, err, "before it calls interp.Main()")
	}
}

func TestChangedFileIsHashedAnew(t *testing.T) {
	dir := t.TempDir()
	path := file(t, dir, "worker", "one")
	identify := func(want string, size int64) {
		t.Helper()
		program, err := workerbin.Identify(path)
		if err != nil || program.Hash != hashOf(want) || program.Size != size || program.Path != path {
			t.Errorf("it is %+v, %v and not that of %q", program, err, want)
		}
	}
	identify("one", 3)
	before, err := os.Stat(path)
	check(t, err)

	file(t, dir, "worker", "three") // another size
	check(t, os.Chtimes(path, before.ModTime(), before.ModTime()))
	identify("three", 5)

	later := before.ModTime().AddDate(0, 0, 1)
	file(t, dir, "worker", "seven") // another time
	check(t, os.Chtimes(path, later, later))
	identify("seven", 5)

	other := file(t, dir, "other", "eight") // another file
	check(t, os.Chtimes(other, later, later))
	check(t, os.Rename(other, path))
	identify("eight", 5)

	check(t, os.Remove(path))
	_, err = workerbin.Identify(path)
	wantError(t, err, path)
}

// Opening a gateway must not read 20 MB each time.
func TestUnchangedFileIsHashedOnce(t *testing.T) {
	path := file(t, t.TempDir(), "worker", "one")
	first, err := workerbin.Identify(path)
	check(t, err)
	info, err := os.Stat(path)
	check(t, err)
	check(t, os.WriteFile(path, []byte("two"), 0o700)) // in the same place
	check(t, os.Chtimes(path, info.ModTime(), info.ModTime()))
	if again, err := workerbin.Identify(path); err != nil || again != first {
		t.Errorf("it was read again: %+v, %v", again, err)
	}
}
