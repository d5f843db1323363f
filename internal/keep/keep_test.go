package keep_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/keep"
	"github.com/farside-go/farside/internal/request"
)

// P23
func TestProgramIsSentOnce(t *testing.T) {
	k := keep.NewIn(filepath.Join(t.TempDir(), "programs"))
	m, file := serve(t, k), program(t, "", 300<<10)
	if _, err := k.Use(file.Hash); !errors.Is(err, keep.ErrMissing) {
		t.Errorf("before: %v", err)
	}
	var told int64
	path, err := keep.Send(t.Context(), m, file, func(done, total int64) {
		if done < told || total != file.Size {
			t.Errorf("told %d of %d after %d", done, total, told)
		}
		told = done
	})
	check(t, err)
	if told != file.Size {
		t.Errorf("at last %d of %d bytes were told", told, file.Size)
	}
	if at := wantKept(t, k, file); at != path {
		t.Errorf("it is at %s, and %s was told", at, path)
	}
	check(t, os.Remove(file.Path)) // it would have to be read
	if err := send(t, m, file); err != nil {
		t.Errorf("again: %v", err)
	}
}

func TestDamagedProgramIsMissingUntilItIsSentAgain(t *testing.T) {
	k := keep.NewIn(filepath.Join(t.TempDir(), "programs"))
	m, file := serve(t, k), program(t, "", 1000)
	check(t, send(t, m, file))
	path := wantKept(t, k, file)
	check(t, os.WriteFile(path, []byte("damaged"), 0o700))
	if _, err := k.Use(file.Hash); !errors.Is(err, keep.ErrMissing) {
		t.Errorf("damaged: %v", err)
	}
	check(t, send(t, m, file))
	wantKept(t, k, file)
}

func TestWhatIsNotTheProgramIsNotKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "programs")
	m := serve(t, keep.NewIn(dir))
	longer, shorter, other := program(t, "", 5000), program(t, "", 5000), program(t, "", 5000)
	longer.Size--
	shorter.Size++
	other.Hash = strings.Repeat("0", 64)
	for want, file := range map[string]*keep.File{
		"more bytes came": longer, "1 bytes are missing": shorter, "another program": other,
	} {
		if err := send(t, m, file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, not %q", err, want)
		}
	}
	if err := send(t, m, &keep.File{Path: other.Path, Hash: "../x"}); err == nil || !strings.Contains(err.Error(), "no hash") {
		t.Errorf("a name that is no hash: %v", err)
	}
	wantNothingIn(t, dir)
}

// What one worker may not start is kept in the next place, and found there.
func TestPlaceThatForbidsToStartIsLeft(t *testing.T) {
	first, second := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")
	k := keep.NewIn(first, second)
	m, file := serve(t, k), program(t, "", 1000)
	check(t, send(t, m, file))
	used, err := k.Use(file.Hash)
	check(t, err)
	if filepath.Dir(used.Path) != first || !k.Refuse(used, os.ErrPermission) {
		t.Fatalf("it is at %s", used.Path)
	}
	if _, err := k.Use(file.Hash); !errors.Is(err, keep.ErrMissing) {
		t.Errorf("after it was refused: %v", err)
	}
	check(t, send(t, m, file))
	if path := wantKept(t, k, file); filepath.Dir(path) != second {
		t.Errorf("it is at %s", path)
	}
}

func TestFolderOfSomebodyElseIsPassedOver(t *testing.T) {
	first, second := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")
	check(t, os.Symlink(t.TempDir(), first))
	k := keep.NewIn(first, second)
	m, file := serve(t, k), program(t, "", 1000)
	check(t, send(t, m, file))
	if path := wantKept(t, k, file); filepath.Dir(path) != second {
		t.Errorf("it is at %s", path)
	}
	if err := send(t, serve(t, keep.NewIn(first)), file); err == nil || !strings.Contains(err.Error(), first+": ") {
		t.Errorf("with no other: %v", err)
	}
}

func TestProgramThatIsKeptOnceLeavesNothing(t *testing.T) {
	base := t.TempDir()
	k := keep.NewIn(filepath.Join(base, "programs"))
	m, file := serve(t, k), program(t, "", 300<<10)
	file.Once = true
	check(t, send(t, m, file))
	wantKept(t, k, file)
	if runtime.GOOS == "linux" {
		wantNothingIn(t, base) // already: nothing can be left, however the worker ends
	}
	check(t, send(t, m, file))
	k.Close()
	wantNothingIn(t, base)
	if _, err := k.Use(file.Hash); !errors.Is(err, keep.ErrMissing) {
		t.Errorf("after the end: %v", err)
	}
}

func TestNearSideThatGoesAmidAProgramLeavesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "programs")
	m, file := serve(t, keep.NewIn(dir)), program(t, "", 4<<20)
	_, err := keep.Send(t.Context(), m, file, func(done, _ int64) {
		if done > 1<<20 {
			m.Close()
		}
	})
	if err == nil {
		t.Error("it was kept")
	}
	again := serve(t, keep.NewIn(dir))
	check(t, send(t, again, file)) // waits for nothing that is left
	entries, err := os.ReadDir(dir)
	check(t, err)
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), ".part") {
			t.Errorf("%s is left", entry.Name())
		}
	}
}

func TestTwoNearSidesSendTheSameAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "programs")
	file := program(t, "", 1<<20)
	first, second := keep.NewIn(dir), keep.NewIn(dir)
	sent := make(chan error, 2)
	for _, k := range []*keep.Keeper{first, second} {
		m := serve(t, k)
		go func() { // ends with the test at the latest
			_, err := keep.Send(t.Context(), m, file, ignore)
			sent <- err
		}()
	}
	for range 2 {
		if err := <-sent; err != nil {
			t.Error(err)
		}
	}
	wantKept(t, first, file)
	wantKept(t, second, file)
}

// However large it is, what is in memory of it has a bound.
func TestLargeProgramTakesLittleMemory(t *testing.T) {
	file := fileOf(t, make([]byte, 0))
	check(t, os.Truncate(file.Path, largeProgram))
	file.Hash, file.Size = strings.Repeat("0", 64), largeProgram
	k := keep.NewIn(filepath.Join(t.TempDir(), "programs"))
	m := serve(t, k)
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	most, next := uint64(0), int64(0)
	_, err := keep.Send(t.Context(), m, file, func(done, _ int64) {
		if done >= next {
			runtime.ReadMemStats(&now)
			most, next = max(most, now.HeapInuse), next+largeProgram/20
		}
	})
	if err == nil || !strings.Contains(err.Error(), "another program") { // which is told when all of it has come
		t.Errorf("it ended with %v", err)
	}
	if grown := int64(most) - int64(before.HeapInuse); grown > 12<<20 {
		t.Errorf("%d MB more were in use", grown>>20)
	}
}

// P24
func TestStockTellsWhatIsKeptAndRemovesIt(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "programs")
	k := keep.NewIn(dir, filepath.Join(t.TempDir(), "none"))
	m, one, two := serve(t, k), program(t, "one", 1000), program(t, "two", 2000)
	check(t, send(t, m, one))
	check(t, send(t, m, two))
	used, err := k.Use(one.Hash)
	check(t, err)
	defer used.Release()
	all, err := keep.AskStock(t.Context(), m, nil)
	check(t, err)
	if len(all) != 2 || all[0].Folder != dir || all[0].Hash != two.Hash || all[0].Size != 2000 || all[1].Hash != one.Hash {
		t.Fatalf("it keeps %+v", all)
	}
	elsewhere := all[0]
	elsewhere.Folder = "/elsewhere"
	removed, err := keep.AskStock(t.Context(), m, []request.Stored{elsewhere})
	check(t, err)
	if len(removed) != 0 {
		t.Errorf("of another folder it removed %+v", removed)
	}
	removed, err = keep.AskStock(t.Context(), m, all)
	check(t, err)
	if len(removed) != 1 || removed[0].Hash != two.Hash {
		t.Errorf("one is in use, and it removed %+v", removed)
	}
	wantKept(t, k, one)
}

func TestEndOfCtxEndsTheSendingToOneThatTakesNothing(t *testing.T) {
	near, far := net.Pipe()
	asked := make(chan error, 1)
	go func() { // ends with the near side's mux
		m, err := channel.NewMux(far, channel.Far, nil)
		if err != nil {
			asked <- err
			return
		}
		defer m.Close()
		ch, err := m.Accept(context.Background())
		if err == nil {
			err = ch.Send(context.Background(), request.Keeping{})
		}
		asked <- err
		<-m.Done()
	}()
	m, err := channel.NewMux(near, channel.Near, nil)
	check(t, err)
	defer m.Close()
	ctx, cancel := context.WithCancelCause(t.Context())
	enough := errors.New("enough")
	sent := make(chan error, 1)
	go func() { // ends with ctx
		_, err := keep.Send(ctx, m, program(t, "", 4<<20), func(done, _ int64) {
			if done > 512<<10 { // of which it takes hardly more in
				cancel(enough)
			}
		})
		sent <- err
	}()
	check(t, <-asked)
	select {
	case err := <-sent:
		if !errors.Is(err, enough) {
			t.Errorf("it ended with %v", err)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("it hangs")
	}
}
