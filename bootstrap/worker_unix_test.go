//go:build unix

package bootstrap_test

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/farside-go/farside/gateway"
)

// program makes a file that can be run, if the system knows how.
func program(t *testing.T, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "worker")
	check(t, os.WriteFile(path, content, 0o700))
	return path
}

// ofAnotherMachine is the test binary with the mark of a machine that this is not.
func ofAnotherMachine(t *testing.T) []byte {
	t.Helper()
	content, err := os.ReadFile(self(t))
	check(t, err)
	if !bytes.HasPrefix(content, []byte("\x7fELF")) {
		t.Skip("SKIPPED, programs are no ELF files here")
	}
	const machine, s390 = 18, 22
	content[machine], content[machine+1] = s390, 0
	return content
}

// B2, G10: the near side is told in the far side's words, and the server goes on.
func TestBadWorkersAreToldToTheNearSide(t *testing.T) {
	s := serve(t, nil)
	for name, bad := range map[string]struct {
		content []byte
		stage   string
		words   []string
	}{
		"of another machine": {ofAnotherMachine(t), gateway.StageStart, []string{"the server refused", "is a program for s390x", "this machine is"}},
		"no program":         {[]byte("these are words\n"), gateway.StageStart, []string{"the server refused", "exec format error"}},
		"empty":              {nil, gateway.StageStart, []string{"the server refused", "exec format error"}},
		"no interpreter":     {[]byte("#!/no/such/shell\n"), gateway.StageStart, []string{"the server refused", "no such file"}},
		"ends at once": {[]byte("#!/bin/sh\necho the cat is on the keyboard >&2\nexit 3\n"),
			gateway.StageHello, []string{"status 3", "the cat is on the keyboard"}},
		"is no worker": {[]byte("#!/bin/sh\necho GET / HTTP/1.1 >&3\ncat <&3 >/dev/null\n"), gateway.StageHello, []string{"not farside", "GET /"}},
	} {
		t.Run(name, func(t *testing.T) {
			wantRefused(t, s.spec+"//worker="+program(t, bad.content), bad.stage, bad.words...)
			s.stillServes(t)
		})
	}
}

// The near side hashes its worker once; when the file has changed by stealth, the
// server notices.
func TestWorkerThatIsNotWhatItsHashSays(t *testing.T) {
	s := serve(t, nil)
	worker := program(t, []byte("#!/bin/sh\nexit 3\n"))
	info, err := os.Stat(worker)
	check(t, err)
	spec := s.spec + "//worker=" + worker
	wantRefused(t, spec, gateway.StageHello, "status 3")
	check(t, os.RemoveAll(s.store)) // users empty their caches
	check(t, os.WriteFile(worker, []byte("#!/bin/sh\nexit 4\n"), 0o700))
	check(t, os.Chtimes(worker, info.ModTime(), info.ModTime()))
	wantRefused(t, spec, gateway.StageUpload, "the server refused", "are another program", "send it again")
	wantStored(t, s.store)
	s.stillServes(t)
}

// wantStored compares what the store has, marks of use left out.
func wantStored(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	check(t, err)
	var names []string
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".used") {
			names = append(names, entry.Name())
		}
	}
	if !slices.Equal(names, want) {
		t.Errorf("in the store is %q, not %q", names, want)
	}
}

func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// B2: what is wrong with the store is told to the near side, which can tell those who
// run the server, and a near side that needs no store is served.
func TestBrokenStoreIsToldToTheNearSide(t *testing.T) {
	for name, broken := range map[string]struct {
		breakIt func(t *testing.T, dir string)
		word    string
	}{
		"open to all": {func(t *testing.T, dir string) { check(t, os.Chmod(dir, 0o777)) }, "chmod 700"},
		"another user's": {func(t *testing.T, dir string) {
			needRoot(t, "give a folder away")
			check(t, os.Chown(dir, 12345, 12345))
		}, "another user"},
		"a link": {func(t *testing.T, dir string) {
			check(t, os.Rename(dir, dir+"2"))
			check(t, os.Symlink(dir+"2", dir))
		}, "symbolic link"},
		"a file": {func(t *testing.T, dir string) {
			check(t, os.Remove(dir))
			check(t, os.WriteFile(dir, nil, 0o600))
		}, "not a folder"},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, nil)
			broken.breakIt(t, s.store)
			wantRefused(t, s.spec+"//worker="+program(t, []byte("#!/bin/sh\n")), gateway.StageUpload, "the server refused", s.store, broken.word)
			s.stillServes(t)
		})
	}
}

// B1, B2: programs of different near sides run side by side, each in its own process,
// and the death of one is its own.
func TestWorkersOfDifferentNearSides(t *testing.T) {
	s := serve(t, nil)
	ours, err := os.ReadFile(self(t))
	check(t, err)
	other := program(t, append(ours, "of another version"...))
	one, two, three := open(t, s.spec, nil), open(t, s.spec+"//worker="+other, nil), open(t, s.spec+"//worker="+other, nil)
	pids := map[int]bool{}
	for _, gw := range []*gateway.Gateway{one, two, three} {
		pids[call[int](t, gw, "pid")] = true
	}
	if len(pids) != 3 {
		t.Errorf("the processes are %v", pids)
	}
	if was, is := call[string](t, one, "hash of the program"), call[string](t, two, "hash of the program"); was == is {
		t.Error("both run the same program")
	}
	ch, _ := exec(t, two, "wait")
	check(t, kill(two.Info().PID))
	if _, err := ch.Receive(t.Context()); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Errorf("the killed one's channel ends with %v", err)
	}
	call[int](t, one, "pid")
	call[int](t, three, "pid")
	s.stillServes(t)
}

// A near side that goes amid sending leaves nothing.
func TestBrokenUploadLeavesNothing(t *testing.T) {
	s := serve(t, nil)
	content := make([]byte, 4<<20)
	rand.Read(content)
	conn := s.dial(t)
	sendHalf(t, secure(t, conn), s.token(), content)
	awaitPart(t, s.store)
	check(t, conn.Close())
	s.awaitLog(t, "refused")
	wantStored(t, s.store)
	s.stillServes(t)
}
