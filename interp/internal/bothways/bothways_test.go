package bothways_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/interp"
	"github.com/farside-go/farside/interp/internal/bothways"
)

func TestMain(m *testing.M) {
	interp.Main()
	farsidetest.Main(m)
}

func newHome(t *testing.T, limits bothways.Limits, cacheDir string) *bothways.Home {
	t.Helper()
	home, err := bothways.NewHome(t.Context(), limits, cacheDir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := home.Close(); err != nil {
			t.Error(err)
		}
	})
	return home
}

// both runs a program both ways.
func both(t *testing.T, home *bothways.Home, p *bothways.Program, limits bothways.Limits) (compiled, far bothways.Outcome) {
	t.Helper()
	compiled, err := home.Run(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if far, err = bothways.RunFar(t.Context(), p, limits); err != nil {
		t.Fatal(err)
	}
	return compiled, far
}

func TestBothWaysTellTheSame(t *testing.T) {
	home := newHome(t, bothways.Limits{}, "")
	dir := t.TempDir()
	helper := bothways.Package{Path: "test/a", Files: []bothways.File{
		{Name: "a.go", Text: "package a\nfunc A() string { return b() }"},
		{Name: "b.go", Text: "package a\nfunc b() string { return `imported` }"},
	}}
	for name, c := range map[string]struct {
		program bothways.Program
		want    bothways.Outcome
	}{
		"output": {
			bothways.Program{Main: "package main\nimport `fmt`\nfunc main() { fmt.Println(`out`); println(`err`) }"},
			bothways.Outcome{Stdout: "out\n", Stderr: "err\n"},
		},
		"exit": {
			bothways.Program{Main: "package main\nimport `os`\nfunc main() { print(`x`); os.Exit(3) }"},
			bothways.Outcome{Stderr: "x", Exit: 3},
		},
		"panic": {
			bothways.Program{Main: "package main\nfunc main() { print(`x`); panic(`text`) }"},
			bothways.Outcome{Stderr: "x", Crash: "panic: text", Exit: 2},
		},
		"panic elsewhere": {
			bothways.Program{Main: "package main\nfunc main() { go panic(`text`); select {} }"},
			bothways.Outcome{Crash: "panic: text", Exit: 2},
		},
		"argument and folder": {
			bothways.Program{Main: "package main\nimport (`fmt`; `os`)\nfunc main() { wd, _ := os.Getwd(); fmt.Print(os.Args[1], wd) }", Args: []string{"arg"}, Dir: dir},
			bothways.Outcome{Stdout: "arg" + dir},
		},
		"import": {
			bothways.Program{Main: "package main\nimport `test/a`\nfunc main() { print(a.A()) }", Packages: []bothways.Package{helper}},
			bothways.Outcome{Stderr: "imported"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c.program.Name = "program.go"
			compiled, far := both(t, home, &c.program, bothways.Limits{})
			if compiled != c.want {
				t.Errorf("compiled: %+v\nwant:     %+v", compiled, c.want)
			}
			if verdict, why := bothways.Compare(compiled, far); verdict != bothways.Same {
				t.Errorf("%s: %s", verdict, why)
			}
		})
	}
}

func TestRefusalIsToldFromARun(t *testing.T) {
	home := newHome(t, bothways.Limits{}, "")
	p := &bothways.Program{Name: "program.go", Main: "package main\nimport _ `expvar`\nfunc main() { print(1) }"}
	compiled, far := both(t, home, p, bothways.Limits{})
	if verdict, why := bothways.Compare(compiled, far); verdict != bothways.Refused || !strings.Contains(why, "expvar") {
		t.Errorf("%s: %s", verdict, why)
	}
	p.Main = "package main\nfunc main() { undefined() }"
	compiled, far = both(t, home, p, bothways.Limits{})
	if !strings.Contains(compiled.Refused, "program.go:2:15: undefined: undefined") {
		t.Errorf("compiled: %+v", compiled)
	}
	if verdict, why := bothways.Compare(compiled, far); verdict != bothways.Same {
		t.Errorf("%s: %s", verdict, why)
	}
}

func TestAProgramThatDoesNotEndIsStopped(t *testing.T) {
	limits := bothways.Limits{Time: 100 * time.Millisecond}
	home := newHome(t, limits, "")
	p := &bothways.Program{Name: "program.go", Main: "package main\nfunc main() { for { } }"}
	compiled, far := both(t, home, p, limits)
	if !compiled.Unended || !far.Unended {
		t.Errorf("compiled: %+v\nfar side: %+v", compiled, far)
	}
}

func TestOutputIsBounded(t *testing.T) {
	limits := bothways.Limits{Output: 10}
	home := newHome(t, limits, "")
	p := &bothways.Program{Name: "program.go", Main: "package main\nimport `fmt`\nfunc main() { for i := 0; i < 1000; i++ { fmt.Println(i) } }"}
	compiled, far := both(t, home, p, limits)
	if want := "0\n1\n2\n3\n4\n"; compiled.Stdout != want || far.Stdout != want {
		t.Errorf("compiled: %+v\nfar side: %+v", compiled, far)
	}
}

func TestKeptOutcomeIsGivenForTheSameProgramOnly(t *testing.T) {
	cacheDir, dir := t.TempDir(), t.TempDir()
	home := newHome(t, bothways.Limits{}, cacheDir)
	// It leaves a mark, so that it can be told whether it ran.
	p := &bothways.Program{Name: "program.go", Dir: dir, Main: "package main\nimport `os`\nfunc main() { os.Mkdir(`mark`, 0o700); print(len(os.Args)) }"}
	ran := func(want string) bool {
		out, err := home.Run(t.Context(), p)
		if err != nil || out.Stderr != want {
			t.Fatalf("%+v, %v", out, err)
		}
		return os.Remove(filepath.Join(dir, "mark")) == nil
	}
	if !ran("1") || ran("1") {
		t.Error("the second run was not answered from the cache")
	}
	p.Args = []string{"other"}
	if !ran("2") {
		t.Error("other arguments were answered from the cache")
	}
	p.Args = nil
	kept, err := filepath.Glob(filepath.Join(cacheDir, "*"))
	if err != nil || len(kept) != 2 {
		t.Fatalf("kept: %v, %v", kept, err)
	}
	for _, name := range kept {
		if err := os.WriteFile(name, []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if !ran("1") {
		t.Error("a file that cannot be read was taken for an outcome")
	}
}
