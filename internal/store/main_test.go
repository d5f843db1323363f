package store_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/farside-go/farside/internal/store"
)

// roleVariable makes the test binary another process on the store in os.Args[1].
const roleVariable = "FARSIDE_STORE_ROLE"

func TestMain(m *testing.M) {
	if role := os.Getenv(roleVariable); role != "" {
		if err := play(role, os.Args[1], os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

// play does what a test wants of another process: "put" what comes on stdin, telling
// when some of it is written, or "use" a program until stdin ends.
func play(role, dir, hash string) error {
	s, err := store.Open(dir, nil)
	if err != nil {
		return err
	}
	if role == "put" {
		return s.Put(hash, &telling{r: os.Stdin})
	}
	program, err := s.Use(hash)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	_, err = io.Copy(io.Discard, os.Stdin)
	program.Release()
	return err
}

// telling says when its first bytes were taken, which is when more are asked for.
type telling struct {
	r     io.Reader
	reads int
}

func (r *telling) Read(p []byte) (int, error) {
	if r.reads++; r.reads == 2 {
		fmt.Println("ready")
	}
	return r.r.Read(p)
}

// another is a process on the same folder.
type another struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
	out   io.Reader
	err   *bytes.Buffer
}

func startAnother(t *testing.T, role, dir, hash string) *another {
	t.Helper()
	self, err := os.Executable()
	check(t, err)
	cmd := exec.Command(self, dir, hash)
	cmd.Env = append(os.Environ(), roleVariable+"="+role)
	stderr := &bytes.Buffer{}
	cmd.Stderr = stderr
	stdin, err := cmd.StdinPipe()
	check(t, err)
	out, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return &another{cmd, stdin, out, stderr}
}

func (p *another) waitReady(t *testing.T) {
	t.Helper()
	if line, err := io.ReadAll(io.LimitReader(p.out, int64(len("ready\n")))); string(line) != "ready\n" {
		t.Fatalf("the other process said %q (%v) and %s", line, err, p.err)
	}
}

func (p *another) finish(t *testing.T) {
	t.Helper()
	p.stdin.Close()
	io.Copy(io.Discard, p.out)
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the other process: %v\n%s", err, p.err)
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func hashOf(program string) string {
	sum := sha256.Sum256([]byte(program))
	return hex.EncodeToString(sum[:])
}

func open(t testing.TB, dir string, opts *store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(dir, opts)
	check(t, err)
	return s
}

// temp is a folder that a store takes.
func temp(t testing.TB) string { return filepath.Join(t.TempDir(), "workers") }

func put(t testing.TB, s *store.Store, program string) (hash string) {
	t.Helper()
	hash = hashOf(program)
	check(t, s.Put(hash, strings.NewReader(program)))
	return hash
}

func use(t testing.TB, s *store.Store, hash string) *store.Program {
	t.Helper()
	program, err := s.Use(hash)
	check(t, err)
	t.Cleanup(program.Release)
	return program
}

func wantHeld(t testing.TB, s *store.Store, want ...string) {
	t.Helper()
	slices.Sort(want)
	if held, err := s.Holds(); err != nil || !slices.Equal(held, want) {
		t.Errorf("holds %v (%v), not %v", held, err, want)
	}
}

// wantMissing uses what must not be usable.
func wantMissing(t testing.TB, s *store.Store, hash, why string) {
	t.Helper()
	program, err := s.Use(hash)
	if err == nil {
		program.Release()
	}
	if !errors.Is(err, store.ErrMissing) || !strings.Contains(err.Error(), why) {
		t.Errorf("Use gives %v, which should match ErrMissing and say %q", err, why)
	}
}

// wantFiles compares what is in the folder, marks of use left out.
func wantFiles(t testing.TB, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	check(t, err)
	var names []string
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".used") {
			names = append(names, entry.Name())
		}
	}
	slices.Sort(want)
	if !slices.Equal(names, want) {
		t.Errorf("in the folder is %q, not %q", names, want)
	}
}

func wantError(t testing.TB, err error, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("the error is %v, which should say %q", err, part)
		}
	}
}
