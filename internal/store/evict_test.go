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
	"time"

	"github.com/farside-go/farside/internal/store"
)

// Each program here has 4 bytes, and two of them fit.
var room = &store.Options{MaxBytes: 8}

func TestPutRemovesWhatWasNotUsedForLongest(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, room)
	one, two := put(t, s, "one1"), put(t, s, "two2")
	use(t, open(t, dir, nil), one).Release() // by another store on the folder
	three := put(t, s, "thr3")
	wantHeld(t, s, one, three)
	wantMissing(t, s, two, "")
}

// Another process that puts the same program may have made the mark long ago.
func TestPutCountsAsUse(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, room)
	put(t, s, "one1")
	two := hashOf("two2")
	check(t, s.Put(two, io.MultiReader(strings.NewReader("two2"), readerFunc(func([]byte) (int, error) {
		mark := filepath.Join(dir, two+".used")
		check(t, os.WriteFile(mark, nil, 0o600))
		check(t, os.Chtimes(mark, time.Time{}, time.Now().Add(-time.Hour)))
		return 0, io.EOF
	}))))
	wantHeld(t, s, two, put(t, s, "thr3"))
}

// Between the look at all programs and the removal of one, others go on.
func TestProgramUsedMeanwhileIsNotRemoved(t *testing.T) {
	s := open(t, temp(t), nil)
	one := put(t, s, "one1")
	meanwhile := func() { use(t, s, one).Release() }
	if s.RemoveAfter(one, meanwhile) {
		t.Error("it was removed")
	}
	wantHeld(t, s, one)
	if !s.RemoveAfter(one, func() {}) {
		t.Error("it was not removed when nobody used it")
	}
	wantHeld(t, s)
}

func TestPutOfHeldProgramCountsAsUse(t *testing.T) {
	s := open(t, temp(t), room)
	one, _ := put(t, s, "one1"), put(t, s, "two2")
	put(t, s, "one1")
	wantHeld(t, s, one, put(t, s, "thr3"))
}

// Stage zero puts workers and marks nothing.
func TestUnmarkedProgramIsRemoved(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, nil)
	one := put(t, s, "one1")
	check(t, os.Remove(filepath.Join(dir, one+".used")))
	programs, err := s.Programs()
	check(t, err)
	if !s.Remove(programs[0]) {
		t.Error("it is not removed")
	}
	wantHeld(t, s)
	wantMarks(t, dir, 0)
}

// A worker that ran for a month was used until now.
func TestReleaseCountsAsUse(t *testing.T) {
	s := open(t, temp(t), room)
	one := put(t, s, "one1")
	program := use(t, s, one)
	put(t, s, "two2")
	program.Release()
	wantHeld(t, s, one, put(t, s, "thr3"))
}

func TestSecondReleaseIsNoUse(t *testing.T) {
	s := open(t, temp(t), room)
	one, two := put(t, s, "one1"), put(t, s, "two2")
	program := use(t, s, one)
	program.Release()
	use(t, s, two).Release()
	program.Release()
	wantHeld(t, s, two, put(t, s, "thr3"))
}

func TestUseByKilledProcessCountsAsUse(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, room)
	one, _ := put(t, s, "one1"), put(t, s, "two2")
	other := startAnother(t, "use", dir, one)
	other.waitReady(t)
	other.cmd.Process.Kill()
	other.cmd.Wait()
	wantHeld(t, s, one, put(t, s, "thr3"))
}

func TestProgramInUseIsNotRemoved(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, room)
	one, two := put(t, s, "one1"), put(t, s, "two2")
	first, second := use(t, s, one), use(t, s, one)
	use(t, open(t, dir, nil), two)
	three := put(t, s, "thr3")
	wantHeld(t, s, one, two, three) // over the bound, rather than that
	first.Release()
	first.Release() // of no effect on the second use
	four := put(t, s, "for4")
	wantHeld(t, s, one, two, four)
	second.Release()
	wantHeld(t, s, two, put(t, s, "fiv5"))
}

func TestProgramInUseElsewhereIsNotRemoved(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, &store.Options{MaxBytes: 4})
	one := put(t, s, "one1")
	other := startAnother(t, "use", dir, one)
	other.waitReady(t)
	two := put(t, s, "two2")
	wantHeld(t, s, one, two)
	other.cmd.Process.Kill() // it does not come to release it
	other.cmd.Wait()
	wantHeld(t, s, put(t, s, "thr3"))
}

func TestProgramJustPutIsNotRemoved(t *testing.T) {
	s := open(t, temp(t), &store.Options{MaxBytes: 2})
	put(t, s, "one1")
	two := put(t, s, "two2")
	wantHeld(t, s, two)
	use(t, s, two)
}

// What is kept beside a program goes with it, on disk and in memory, or a server
// that lives for years is full of it.
func TestRemovedProgramLeavesNothing(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, &store.Options{MaxBytes: 4})
	for i := range 20 {
		use(t, s, put(t, s, fmt.Sprintf("%4d", i))).Release()
	}
	if known := s.Known(); known > 2 {
		t.Errorf("remembers %d programs", known)
	}
	wantMarks(t, dir, 1)
	path := use(t, s, hashOf("  19")).Path
	check(t, os.Remove(path))
	open(t, dir, nil)
	wantMarks(t, dir, 1) // in use
}

func TestMarkOfRemovedProgramIsSwept(t *testing.T) {
	dir := temp(t)
	s := open(t, dir, nil)
	program := use(t, s, put(t, s, "one1"))
	program.Release()
	check(t, os.Remove(program.Path))
	open(t, dir, nil)
	wantMarks(t, dir, 0)
}

func wantMarks(t *testing.T, dir string, want int) {
	t.Helper()
	if found, _ := filepath.Glob(filepath.Join(dir, "*.used")); len(found) != want {
		t.Errorf("%d marks of use are left, not %d: %q", len(found), want, found)
	}
}

// Many gateways arrive at once, on a store with no room for all their programs.
func TestUsedProgramsStayWhileOthersComeAndGo(t *testing.T) {
	dir := temp(t)
	var group sync.WaitGroup
	for i := range 8 {
		s := open(t, dir, room)
		group.Go(func() {
			for j := range 20 {
				text := fmt.Sprintf("%4d", (i+j)%6)
				if err := s.Put(hashOf(text), strings.NewReader(text)); err != nil {
					t.Error(err)
				}
				program, err := s.Use(hashOf(text))
				if errors.Is(err, store.ErrMissing) {
					continue // another made room
				}
				if err != nil {
					t.Error(err)
					continue
				}
				if got, err := os.ReadFile(program.Path); string(got) != text {
					t.Errorf("%q is %q while in use: %v", text, got, err)
				}
				program.Release()
			}
		})
	}
	group.Wait()
}

func TestPruneKeepsWhatIsInUseAndWhatWasUsedLast(t *testing.T) {
	s := open(t, temp(t), nil)
	one, two, three := put(t, s, "one1"), put(t, s, "two2"), put(t, s, "thr3")
	used := use(t, s, one)
	defer used.Release()
	listed, err := s.Programs()
	check(t, err)
	if len(listed) != 3 || listed[0].Hash != two || listed[0].Size != 4 || listed[2].Used.Before(listed[0].Used) {
		t.Errorf("listed %+v", listed)
	}
	removed, err := s.Prune(8)
	check(t, err)
	if len(removed) != 1 || removed[0].Hash != two {
		t.Errorf("with room for two it removed %+v", removed)
	}
	removed, err = s.Prune(0)
	check(t, err)
	if len(removed) != 1 || removed[0].Hash != three {
		t.Errorf("with room for none it removed %+v", removed)
	}
	wantHeld(t, s, one)
}
