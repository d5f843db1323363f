package store_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/farside-go/farside/internal/store"
)

func TestPutKeepsTheBytes(t *testing.T) {
	dir := temp(t)
	hash := put(t, open(t, dir, nil), "one")
	s := open(t, dir, nil)
	wantHeld(t, s, hash)
	program := use(t, s, hash)
	if got, err := os.ReadFile(program.Path); string(got) != "one" || !filepath.IsAbs(program.Path) {
		t.Errorf("%q at %s, %v", got, program.Path, err)
	}
	wantFiles(t, dir, filepath.Base(program.Path))
}

func TestPutOfOtherBytesLeavesNothing(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, nil)
	err := s.Put(hashOf("one"), strings.NewReader("two"))
	wantError(t, err, hashOf("one")[:12], "got "+hashOf("two")[:12])
	wantFiles(t, dir)
}

func TestPutOfBrokenReaderLeavesNothing(t *testing.T) {
	dir := temp(t)
	cut := errors.New("cut")
	err := open(t, dir, nil).Put(hashOf("one"), io.MultiReader(strings.NewReader("on"), iotest.ErrReader(cut)))
	if !errors.Is(err, cut) {
		t.Errorf("%v does not match the reader's error", err)
	}
	wantError(t, err, "after 2")
	wantFiles(t, dir)
}

func TestPutOfPanickingReaderLeavesNothing(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, nil)
	func() {
		defer func() { recover() }()
		s.Put(hashOf("one"), readerFunc(func([]byte) (int, error) { panic("broken") }))
	}()
	wantFiles(t, dir)
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestPutOfTooLargeEndsBeforeItFillsTheDisk(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, &store.Options{MaxProgram: 10})
	var read int
	endless := readerFunc(func(p []byte) (int, error) {
		if read += len(p); read > 1<<20 {
			return 0, errors.New("was read on and on")
		}
		return len(p), nil
	})
	wantError(t, s.Put(hashOf("one"), endless), "larger than the 10 bytes", "MaxProgram")
	wantFiles(t, dir)
	put(t, s, "0123456789") // just fits
}

func TestPutOfHeldProgramReadsNothing(t *testing.T) {
	s := open(t, temp(t), nil)
	hash := put(t, s, "one")
	check(t, s.Put(hash, iotest.ErrReader(errors.New("was read"))))
}

func TestPutRefusesWhatIsNoHash(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, nil)
	for _, text := range []string{"", "../" + hashOf("one")[3:], strings.ToUpper(hashOf("one")), hashOf("one")[1:], hashOf("one") + "0"} {
		if store.IsHash(text) {
			t.Errorf("%q counts as a hash", text)
		}
		wantError(t, s.Put(text, strings.NewReader("one")), "not a hash")
		if _, err := s.Use(text); err == nil || errors.Is(err, store.ErrMissing) {
			t.Errorf("Use of %q gives %v", text, err)
		}
	}
	wantFiles(t, dir)
	if !store.IsHash(hashOf("one")) {
		t.Error("a hash does not count as one")
	}
}

func TestPutReplacesDamagedProgram(t *testing.T) {
	s := open(t, temp(t), nil)
	hash := put(t, s, "one")
	program := use(t, s, hash)
	check(t, os.WriteFile(program.Path, []byte("bad"), 0o700))
	put(t, s, "one")
	if got, err := os.ReadFile(use(t, s, hash).Path); string(got) != "one" {
		t.Errorf("%q, %v", got, err)
	}
}

// Caches are emptied by their users, and a server lives for years.
func TestStoreOutlivesItsFolder(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, nil)
	hash := put(t, s, "one")
	check(t, os.RemoveAll(dir))
	wantHeld(t, s)
	wantMissing(t, s, hash, "")
	put(t, s, "one")
	use(t, s, hash)
}

func TestPutsAtOnceLeaveOneFile(t *testing.T) {
	dir := temp(t)
	hash := hashOf("one")
	started, proceed := sync.WaitGroup{}, make(chan struct{})
	var done sync.WaitGroup
	for range 8 {
		s := open(t, dir, nil)
		started.Add(1)
		done.Go(func() {
			var once sync.Once
			wait := readerFunc(func([]byte) (int, error) {
				once.Do(started.Done) // all of them have found it missing
				<-proceed
				return 0, io.EOF
			})
			if err := s.Put(hash, io.MultiReader(wait, strings.NewReader("one"))); err != nil {
				t.Error(err)
			}
		})
	}
	started.Wait()
	close(proceed)
	done.Wait()
	wantFiles(t, dir, filepath.Base(use(t, open(t, dir, nil), hash).Path))
}

func TestPutsOfSeveralProcessesLeaveOneFile(t *testing.T) {
	dir := temp(t)
	program := "one" + strings.Repeat("x", 1<<20)
	var others []*another
	for range 4 {
		other := startAnother(t, "put", dir, hashOf(program))
		io.WriteString(other.stdin, program[:3])
		others = append(others, other)
	}
	for _, other := range others {
		other.waitReady(t) // all of them have found it missing
	}
	for _, other := range others {
		io.WriteString(other.stdin, program[3:])
	}
	for _, other := range others {
		other.finish(t)
	}
	wantFiles(t, dir, filepath.Base(use(t, open(t, dir, nil), hashOf(program)).Path))
}

func TestKilledPutIsSweptAndLivingIsNot(t *testing.T) {
	for _, when := range []string{"open", "put"} {
		t.Run(when, func(t *testing.T) {
			dir := temp(t)
			s := open(t, dir, nil)
			sweep := func(i int) {
				if when == "open" {
					open(t, dir, nil)
				} else {
					put(t, s, fmt.Sprint("sweep", i))
				}
			}
			killed := startAnother(t, "put", dir, hashOf("one"))
			living := startAnother(t, "put", dir, hashOf("two"))
			for _, other := range []*another{killed, living} {
				io.WriteString(other.stdin, "tw")
				other.waitReady(t)
			}
			sweep(1)
			wantUploads(t, dir, 2)
			killed.cmd.Process.Kill()
			killed.cmd.Wait()
			sweep(2)
			wantUploads(t, dir, 1)
			io.WriteString(living.stdin, "o")
			living.finish(t)
			use(t, s, hashOf("two"))
			wantUploads(t, dir, 0)
		})
	}
}

func wantUploads(t *testing.T, dir string, want int) {
	t.Helper()
	for _, end := range []string{".part", ".lock"} {
		if found, _ := filepath.Glob(filepath.Join(dir, "put-*"+end)); len(found) != want {
			t.Errorf("%d files %s, not %d", len(found), end, want)
		}
	}
}

// An upload's name says whose it is, for people.
func TestUploadTellsItsProcess(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, nil)
	check(t, s.Put(hashOf(""), readerFunc(func([]byte) (int, error) {
		if found, _ := filepath.Glob(filepath.Join(dir, fmt.Sprintf("put-%d-*.part", os.Getpid()))); len(found) != 1 {
			t.Errorf("found %q", found)
		}
		return 0, io.EOF
	})))
}

func TestForeignFilesAreLeftAlone(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, &store.Options{MaxBytes: 1})
	hash := hashOf("one")
	foreign := []string{"README", hash + ".txt", strings.ToUpper(hash), "put-1.part", "put-x-y.lock",
		"put-1-ABCDEFGHIJKLMNOPQRSTUVWXYZ.part~", "put-x-ABCDEFGHIJKLMNOPQRSTUVWXYZ.part", "build-1", "x.used", "worker-" + hash[:16]}
	for _, name := range foreign {
		check(t, os.WriteFile(filepath.Join(dir, name), []byte("mine"), 0o700))
	}
	check(t, os.Mkdir(filepath.Join(dir, hashOf("folder")), 0o700))
	put(t, s, "two")
	put(t, s, "three")
	s = open(t, dir, nil)
	wantHeld(t, s, hashOf("three"))
	for _, name := range append(foreign, hashOf("folder")) {
		if _, err := os.Lstat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}
