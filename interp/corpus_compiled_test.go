package interp_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// corpusPatience ends a program of the corpus that hangs. None of them needs more
// than a moment.
const corpusPatience = time.Minute

// compareCompiled builds the programs with the local toolchain, runs them, and
// holds what is written beside them to that, or writes it.
func compareCompiled(t *testing.T, programs []*corpusProgram) {
	if testing.Short() && !*update {
		t.Skip("-short: what is written beside the programs is taken as it is")
	}
	toolchain, err := exec.LookPath("go")
	if err != nil && *update {
		t.Fatal(err)
	} else if err != nil {
		t.Skipf("NOT COMPARED with compiled programs: %v", err)
	}
	bin := buildCorpus(t, toolchain, programs)
	t.Run("run", func(t *testing.T) {
		for _, p := range programs {
			t.Run(p.name, func(t *testing.T) {
				t.Parallel()
				got := runCompiled(t, filepath.Join(bin, p.name))
				if *update {
					p.want = got
					writeEnding(t, p.name, got)
				} else if got != p.want {
					t.Errorf("what is written beside the program is not what it does: %s", unlike(got, p.want))
				}
			})
		}
	})
}

// buildCorpus builds all programs and gives the folder of the executables.
func buildCorpus(t *testing.T, toolchain string, programs []*corpusProgram) string {
	t.Helper()
	module, bin := t.TempDir(), t.TempDir()
	write(t, filepath.Join(module, "go.mod"), "module corpus\n\ngo 1.26\n")
	for _, p := range programs {
		// The line that hides it from tools becomes an empty one.
		write(t, filepath.Join(module, p.name, "main.go"), "\n"+strings.TrimPrefix(p.source, corpusHead))
	}
	cmd := exec.CommandContext(t.Context(), toolchain, "build", "-ldflags=-s -w", "-o", bin+string(filepath.Separator), "./...")
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off", "GOTOOLCHAIN=local", "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build the corpus: %v\n%s", err, out)
	}
	return bin
}

func write(t *testing.T, file, text string) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(file), 0o777)
	if err == nil {
		err = os.WriteFile(file, []byte(text), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// runCompiled runs an executable in an empty folder.
func runCompiled(t *testing.T, path string) (e ending) {
	t.Helper()
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	ctx, cancel := context.WithTimeout(t.Context(), corpusPatience)
	defer cancel()
	cmd := exec.CommandContext(ctx, path)
	cmd.Dir = t.TempDir()
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		e.status = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	e.stdout = string(out)
	return e
}
