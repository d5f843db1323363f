//go:build unix

package store_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/farside-go/farside/internal/store"
)

// needRoot skips loudly, or fails where root is required.
func needRoot(t *testing.T, why string) {
	t.Helper()
	if os.Geteuid() == 0 {
		return
	}
	if strings.Contains(os.Getenv("FARSIDE_REQUIRE"), "root") {
		t.Fatalf("root is needed to %s", why)
	}
	t.Skipf("SKIPPED, root is needed to %s", why)
}

func TestAllIsPrivateWhateverTheUmask(t *testing.T) {
	for _, mask := range []int{0, 0o077, 0o177} {
		dir := filepath.Join(t.TempDir(), "parent", "workers")
		check(t, os.MkdirAll(dir, 0o700))
		if mask == 0 {
			check(t, os.RemoveAll(filepath.Dir(dir))) // let Open make both
		}
		path := putUnder(t, mask, dir)
		for _, name := range []string{filepath.Dir(dir), dir, path} {
			if info, err := os.Lstat(name); err != nil || info.Mode().Perm() != 0o700 {
				t.Errorf("%s is %v (%v) under umask %o", name, info.Mode(), err, mask)
			}
		}
	}
}

func putUnder(t *testing.T, mask int, dir string) (path string) {
	defer syscall.Umask(syscall.Umask(mask))
	s := open(t, dir, nil)
	return use(t, s, put(t, s, "one")).Path
}

func TestOpenRefusesFoldersThatAreNotPrivate(t *testing.T) {
	parent := t.TempDir()
	at := func(name string) string { return filepath.Join(parent, name) }
	check(t, os.Mkdir(at("real"), 0o700))
	check(t, os.Symlink("real", at("link")))
	check(t, os.Symlink("nowhere", at("dangling")))
	check(t, os.WriteFile(at("file"), nil, 0o700))
	for name, mode := range map[string]fs.FileMode{"group": 0o770, "all": 0o707} {
		check(t, os.Mkdir(at(name), 0o700))
		check(t, os.Chmod(at(name), mode))
	}
	for name, says := range map[string]string{
		"link": "symbolic link", "link/": "symbolic link", "dangling": "symbolic link",
		"file": "not a folder", "group": "chmod 700", "all": "chmod 700",
	} {
		_, err := store.Open(parent+"/"+name, nil)
		wantError(t, err, at(strings.TrimSuffix(name, "/")), says)
	}
	if _, err := os.Lstat(at("nowhere")); err == nil {
		t.Error("Open made a folder through a link")
	}
	open(t, at("real"), nil)
}

func TestFolderThatTurnedBadIsNotUsed(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, nil)
	hash := put(t, s, "one")
	check(t, os.Chmod(dir, 0o777))
	_, err := s.Use(hash)
	wantError(t, err, "chmod 700")
	_, err = s.Holds()
	wantError(t, err, "chmod 700")
	wantError(t, s.Put(hashOf("two"), strings.NewReader("two")), "chmod 700")
}

func TestOpenRefusesFolderOfAnotherUser(t *testing.T) {
	needRoot(t, "give a folder away")
	dir := temp(t)
	check(t, os.Mkdir(dir, 0o700))
	check(t, os.Chown(dir, 12345, 12345))
	_, err := store.Open(dir, nil)
	wantError(t, err, dir, "another user")
}

func TestUseRunsNothingThatWasPlanted(t *testing.T) {
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	check(t, os.WriteFile(elsewhere, []byte("one"), 0o700))
	for name, plant := range map[string]func(path string) error{
		"link":         func(path string) error { return os.Symlink(elsewhere, path) },
		"dangling":     func(path string) error { return os.Symlink("nowhere", path) },
		"pipe":         func(path string) error { return syscall.Mkfifo(path, 0o700) },
		"for others":   func(path string) error { return writeAs(path, 0o720, os.Getuid()) },
		"not to run":   func(path string) error { return writeAs(path, 0o600, os.Getuid()) },
		"another's":    func(path string) error { return writeAs(path, 0o700, 12345) },
		"empty folder": func(path string) error { return os.Mkdir(path, 0o700) },
	} {
		t.Run(name, func(t *testing.T) {
			if name == "another's" {
				needRoot(t, "give a file away")
			}
			dir := temp(t)
			s := open(t, dir, nil)
			check(t, plant(filepath.Join(dir, hashOf("one"))))
			wantHeld(t, s)
			wantMissing(t, s, hashOf("one"), "is removed")
			wantFiles(t, dir)
			open(t, dir, nil)
			wantMarks(t, dir, 0) // not in use any more
			wantHeld(t, s, put(t, s, "one"))
		})
	}
	if got, err := os.ReadFile(elsewhere); string(got) != "one" {
		t.Errorf("what the link led to is %q (%v)", got, err)
	}
}

func TestPlantedFolderStays(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, nil)
	check(t, os.MkdirAll(filepath.Join(dir, hashOf("one"), "mine"), 0o700))
	wantMissing(t, s, hashOf("one"), "stays")
	if s.Put(hashOf("one"), strings.NewReader("one")) == nil {
		t.Error("Put says that it kept it")
	}
	wantFiles(t, dir, hashOf("one"))
}

// A process that was stopped amid removing a program must not hang the others.
func TestUseDoesNotHangOnStoppedProcess(t *testing.T) {
	store.LosePatience(t)
	dir := temp(t)
	s := open(t, dir, nil)
	hash := put(t, s, "one")
	mark, err := os.Open(filepath.Join(dir, hash+".used"))
	check(t, err)
	defer mark.Close()
	check(t, syscall.Flock(int(mark.Fd()), syscall.LOCK_EX))
	_, err = s.Use(hash)
	wantError(t, err, "does not go on")
	check(t, syscall.Flock(int(mark.Fd()), syscall.LOCK_UN))
	use(t, s, hash)
}

func writeAs(path string, mode fs.FileMode, uid int) error {
	return errors.Join(os.WriteFile(path, []byte("one"), 0o700), os.Chmod(path, mode), os.Chown(path, uid, -1))
}

// A child process between fork and exec has the descriptor that Put writes to. Nobody
// can stop one there, so another copy of the descriptor stands for it.
func TestPutNamesNothingThatIsOpenForWriting(t *testing.T) {
	needProc(t)
	store.LosePatience(t)
	dir := temp(t)
	s := open(t, dir, nil)
	copied := -1
	err := s.Put(hashOf(""), readerFunc(func([]byte) (int, error) {
		copied = copyOf(t, ".part")
		return 0, io.EOF
	}))
	wantError(t, err, "locked by another process")
	wantFiles(t, dir)
	check(t, syscall.Close(copied))
	put(t, s, "")
}

func TestReleaseEndsWhatAChildHasACopyOf(t *testing.T) {
	needProc(t)
	s := open(t, temp(t), &store.Options{MaxBytes: 4})
	program := use(t, s, put(t, s, "one1"))
	copied := copyOf(t, ".used")
	defer syscall.Close(copied)
	program.Release()
	wantHeld(t, s, put(t, s, "two2"))
}

func needProc(t *testing.T) {
	t.Helper()
	if _, err := os.Stat("/proc/self/fd"); err != nil {
		t.Skip("SKIPPED, /proc is needed to find a descriptor:", err)
	}
}

// copyOf finds the one open file with such a name, and copies its descriptor.
func copyOf(t *testing.T, end string) int {
	t.Helper()
	fds, err := os.ReadDir("/proc/self/fd")
	check(t, err)
	for _, fd := range fds {
		name := "/proc/self/fd/" + fd.Name()
		if path, err := os.Readlink(name); err == nil && strings.HasSuffix(path, end) {
			var number int
			for _, digit := range fd.Name() {
				number = 10*number + int(digit-'0')
			}
			copied, err := syscall.Dup(number)
			check(t, err)
			return copied
		}
	}
	t.Fatalf("no file %s is open", end)
	return -1
}

func TestProgramStartsRightAfterPut(t *testing.T) {
	s := open(t, temp(t), nil)
	var group sync.WaitGroup
	for i := range 16 {
		group.Go(func() {
			for j := range 12 {
				text := "#!/bin/sh\n# " + string(rune('a'+i)) + string(rune('a'+j)) + "\nexit 0\n"
				if err := s.Put(hashOf(text), strings.NewReader(text)); err != nil {
					t.Error(err)
					return
				}
				program, err := s.Use(hashOf(text))
				if err != nil {
					t.Error(err)
					return
				}
				if err := exec.Command(program.Path).Run(); err != nil {
					t.Error(err)
				}
				program.Release()
			}
		})
	}
	group.Wait()
}
