//go:build unix

package stagezero_test

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/stagezero"
	"github.com/farside-go/farside/internal/workerbin"
)

// posix are the tools that the program cannot do without.
var posix = []string{"sh", "cat", "chmod", "dd", "find", "id", "ls", "mkdir", "mv", "rm", "uname", "wc"}

func TestUploadWithTheToolsThatAreThere(t *testing.T) {
	for name, more := range map[string][]string{
		"zstd, a hash":        {"head", "zstd", "sha256sum"},
		"gzip, a hash":        {"head", "gzip", "shasum"},
		"gzip, openssl":       {"head", "gzip", "openssl"},
		"no packing, no hash": {"head"},
		"only dd":             {},
		"only dd and gzip":    {"gzip"},
		"only dd and zstd":    {"zstd"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := tools(t, append(more, posix...)...)
			p := shell{argv: []string{"sh"}, path: path}.start(t)
			var done, total int64
			s := settings(t)
			s.Progress = func(d, of int64) {
				if d < done || d > of {
					t.Errorf("progress goes from %d to %d of %d", done, d, of)
				}
				done, total = d, of
			}
			wire, err := bringUp(t, p, s)
			checkServes(t, wire, err)
			if done != total || total != self(t).Size {
				t.Errorf("%d of %d were sent, and the worker has %d", done, total, self(t).Size)
			}
			if left := p.workers(t); !slices.Equal(left, []string{self(t).Hash}) {
				t.Errorf("in the folder are %q", left)
			}
		})
	}
}

// A head that is not what it should be is not used.
func TestHeadThatCannotCountBytes(t *testing.T) {
	path := tools(t, posix...)
	fake(t, path, "head", `echo "head: unknown option -- c" >&2; exit 1`)
	wire, err := bringUp(t, shell{argv: []string{"sh"}, path: path}.start(t), settings(t))
	checkServes(t, wire, err)
}

// The far side has dd's blocks come short, as over a slow line.
func TestShortReadsAreCounted(t *testing.T) {
	p := shell{argv: []string{"sh"}, path: tools(t, posix...)}.start(t)
	wire, err := bringUp(t, dripping{p}, settings(t))
	checkServes(t, wire, err)
}

// blob is a worker that is never started.
func blob(t testing.TB, size int) workerbin.Program {
	t.Helper()
	data := make([]byte, size)
	rand.Read(data)
	path := filepath.Join(t.TempDir(), "blob")
	if err := os.WriteFile(path, data, 0o700); err != nil {
		t.Fatal(err)
	}
	program, err := workerbin.Identify(path)
	if err != nil {
		t.Fatal(err)
	}
	return program
}

func TestUploadThatIsCutLeavesNothing(t *testing.T) {
	const points, size = 50, 300_000
	program := blob(t, size)
	s := settings(t)
	s.Worker = func(context.Context, string, string) (workerbin.Program, error) { return program, nil }
	opening, err := stagezero.New(s)
	if err != nil {
		t.Fatal(err)
	}
	whole := len(opening.Line()) + size
	for name, path := range map[string]string{
		"head": tools(t, append([]string{"head"}, posix...)...), "dd": tools(t, posix...),
	} {
		for point := range points {
			p := shell{argv: []string{"sh"}, path: path}.start(t)
			wire, err := bringUp(t, &cut{p, whole * point / points}, s)
			if err == nil {
				wire.Close()
				t.Fatalf("with %s, cut at %d of %d: it was opened", name, point, points)
			}
			p.wait()
			if left := p.workers(t); len(left) > 0 {
				t.Fatalf("with %s, cut at %d of %d: %q are left", name, point, points, left)
			}
		}
	}
}

// What a shell that was killed in the middle left is removed by a later upload, once
// it is old.
func TestOldLeftoversAreRemoved(t *testing.T) {
	cache := t.TempDir()
	dir := filepath.Join(cache, "farside", "workers")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	old := time.Now().AddDate(0, 0, -3)
	for _, name := range []string{"zero-OLD.part", "zero-OLD.part.packed", "zero-NEW.part", "another's"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o700); err != nil {
			t.Fatal(err)
		}
		if name != "zero-NEW.part" {
			os.Chtimes(filepath.Join(dir, name), old, old)
		}
	}
	p := shell{argv: []string{"sh"}, cache: cache}.start(t)
	wire, err := bringUp(t, p, settings(t))
	checkServes(t, wire, err)
	want := []string{self(t).Hash, "another's", "zero-NEW.part"}
	slices.Sort(want)
	if left := p.workers(t); !slices.Equal(left, want) {
		t.Errorf("in the folder are %q, want %q", left, want)
	}
}

func TestTwoUploadsAtOnce(t *testing.T) {
	const sides = 4
	cache := t.TempDir()
	var starting, all sync.WaitGroup
	starting.Add(sides)
	for range sides {
		p := shell{argv: []string{"sh"}, cache: cache}.start(t)
		s := settings(t)
		var once sync.Once
		var last int64
		s.Progress = func(done, _ int64) { // all are in the middle before one is through
			once.Do(func() { starting.Done(); starting.Wait() })
			if done < last {
				t.Error("it was sent again")
			}
			last = done
		}
		all.Go(func() {
			wire, err := bringUp(t, p, s)
			if err != nil {
				t.Error(err)
				return
			}
			checkServes(t, wire, nil)
		})
	}
	all.Wait()
	left, err := os.ReadDir(filepath.Join(cache, "farside", "workers"))
	if err != nil || len(left) != 1 {
		t.Errorf("in the folder are %v, %v", left, err)
	}
}

// What came over the wire otherwise than it was sent is noticed by a tool over there,
// or by the worker, and never gets the name, or loses it before it is run.
func TestUploadThatIsSpoiltIsSentAgain(t *testing.T) {
	for name, c := range map[string]struct {
		more  []string
		times int // the worker is believed once
	}{
		"noticed by a tool": {[]string{"head", "sha256sum"}, 2},
		"by the worker":     {[]string{"head"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			inPlaces(t, shell{argv: []string{"sh"}, path: tools(t, append(c.more, posix...)...)}, func(p *started) {
				wire, err := bringUp(t, &flipped{Conn: p, times: c.times}, settings(t))
				checkServes(t, wire, err)
			})
		})
	}
}

// What is wrong with the first places is told anew when they are looked at again.
func TestSpoiltUploadToALaterPlaceIsSentAgain(t *testing.T) {
	path := tools(t, append([]string{"head"}, posix...)...)
	inPlaces(t, shell{argv: []string{"sh", "-c", "XDG_CACHE_HOME=nowhere; sh"}, path: path}, func(p *started) {
		wire, err := bringUp(t, &flipped{Conn: p, times: 1}, settings(t))
		checkServes(t, wire, err)
	})
}

func TestUploadThatIsSpoiltAgainIsGivenUp(t *testing.T) {
	p := shell{argv: []string{"sh"}, path: tools(t, append([]string{"head"}, posix...)...)}.start(t)
	_, err := bringUp(t, &flipped{Conn: p, times: 1000}, settings(t))
	checkFailed(t, err, stagezero.StageStart, "was damaged over there, or does not run, and so it was when it was sent once more")
	p.wait()
	if left := p.workers(t); len(left) > 0 {
		t.Errorf("%q are left", left)
	}
}

func TestWorkerDamagedOnDiskIsSentAgain(t *testing.T) {
	for name, spoil := range map[string]func(data []byte) []byte{
		"a bit":    func(data []byte) []byte { data[len(data)-10] ^= 1; return data },
		"cut":      func(data []byte) []byte { return data[:len(data)/2] },
		"empty":    func([]byte) []byte { return nil },
		"zeros":    func(data []byte) []byte { return make([]byte, len(data)) },
		"too long": func(data []byte) []byte { return append(data, 0) },
		"a script": func(data []byte) []byte { return append([]byte("exit 0\n"), data[7:]...) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cache := t.TempDir()
			path := filepath.Join(cache, "farside", "workers", self(t).Hash)
			good, err := os.ReadFile(self(t).Path)
			if err == nil {
				err = os.MkdirAll(filepath.Dir(path), 0o700)
			}
			if err == nil {
				err = os.WriteFile(path, spoil(slices.Clone(good)), 0o700)
			}
			if err != nil {
				t.Fatal(err)
			}
			p := shell{argv: []string{"sh"}, cache: cache}.start(t)
			sent := false
			s := settings(t)
			s.Progress = func(int64, int64) { sent = true }
			wire, err := bringUp(t, p, s)
			checkServes(t, wire, err)
			if now, err := os.ReadFile(path); !sent || err != nil || string(now) != string(good) {
				t.Errorf("sent again: %v; there are %d bytes, %v", sent, len(now), err)
			}
		})
	}
}

// The other direction: a far side with a worker is not sent it.
func TestWorkerIsSentOnce(t *testing.T) {
	cache := t.TempDir()
	sent := 0
	for range 3 {
		s := settings(t)
		s.Progress = func(done, total int64) {
			if done == total {
				sent++
			}
		}
		wire, err := bringUp(t, shell{argv: []string{"sh"}, cache: cache}.start(t), s)
		checkServes(t, wire, err)
	}
	if sent != 1 {
		t.Errorf("it was sent %d times", sent)
	}
}

// What comes back as raw output, and how a worker ends, is told.
func TestWorkerThatCrashesIsTold(t *testing.T) {
	script := filepath.Join(t.TempDir(), "worker")
	self := self(t)
	text := "#!/bin/sh\ncase $FARSIDE_WORKER in fd:*) echo some words >&2; echo more; kill -9 $$ ;; esac\nexec " + self.Path + "\n"
	if err := os.WriteFile(script, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	program, err := workerbin.Identify(script)
	if err != nil {
		t.Fatal(err)
	}
	s := settings(t)
	s.Worker = func(context.Context, string, string) (workerbin.Program, error) { return program, nil }
	var mu sync.Mutex
	var printed strings.Builder
	s.Print = func(stream byte, p []byte) {
		mu.Lock()
		defer mu.Unlock()
		printed.WriteString(string('0'+rune(stream)) + ":" + string(p))
	}
	p := shell{argv: []string{"sh"}}.start(t)
	wire, err := bringUp(t, p, s)
	if err != nil {
		t.Fatal(err)
	}
	wire.Read(make([]byte, 1)) // to the end
	exit, told := wire.AwaitExit(time.Minute)
	if !told || exit.Signal != "killed" || !strings.Contains(exit.Stderr, "some words") {
		t.Errorf("it ended with %+v, %v", exit, told)
	}
	farsidetest.Within(t, time.Minute, "the end of the relay", p.wait) // it waits for nothing from this side
	wire.Close()
	if err := wire.End(t.Context()); err != nil {
		t.Error(err)
	}
	if got := printed.String(); !strings.Contains(got, "1:more\n") || !strings.Contains(got, "2:some words\n") {
		t.Errorf("it printed %q", got)
	}
}

// The relay ends with its stream, and so does the worker.
func TestStreamThatEndsTakesAllWithIt(t *testing.T) {
	p := shell{argv: []string{"sh"}}.start(t)
	wire, err := bringUp(t, p, settings(t))
	if err != nil {
		t.Fatal(err)
	}
	p.Close()
	farsidetest.Within(t, time.Minute, "the end of the relay", p.wait)
	wire.Close()
	wire.End(t.Context())
}

// Where no socket server runs nobody else removes the workers of years.
func TestWorkersOfYearsMakeRoom(t *testing.T) {
	const huge = 1 << 30 // as much as there may be
	cache := t.TempDir()
	dir := filepath.Join(cache, "farside", "workers")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	old := time.Now().AddDate(-3, 0, 0)
	for _, name := range []string{strings.Repeat("0", 64), "another's"} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.WriteFile(path, nil, 0o700), os.Truncate(path, huge), os.Chtimes(path, old, old)); err != nil {
			t.Fatal(err)
		}
	}
	p := shell{argv: []string{"sh"}, cache: cache}.start(t)
	wire, err := bringUp(t, p, settings(t))
	checkServes(t, wire, err)
	want := []string{self(t).Hash, "another's"}
	slices.Sort(want)
	if left := p.workers(t); !slices.Equal(left, want) {
		t.Errorf("in the folder are %q, want %q", left, want)
	}
}
