package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/farside-go/farside/interp"
)

// The test binary is the farside command if it is called so, and also the worker.
func TestMain(m *testing.M) {
	interp.Main()
	testscript.Main(m, map[string]func(){"farside": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata", Setup: func(env *testscript.Env) error {
		env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, "cache"))
		command, _, _ := strings.Cut(os.Getenv("PATH"), string(os.PathListSeparator))
		env.Setenv("COMMAND", command) // where farside is, and no go
		env.Setenv("WHOLEPATH", os.Getenv("PATH"))
		return keepGoCaches(env)
	}})
}

// keepGoCaches lets the toolchain have what it compiled before.
func keepGoCaches(env *testscript.Env) error {
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
	dirs := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err == nil && len(dirs) == 2 {
		env.Setenv("GOCACHE", dirs[0])
		env.Setenv("GOMODCACHE", dirs[1])
	}
	return err
}

func TestIncomplete(t *testing.T) {
	for text, want := range map[string]bool{
		"1 + 2\n":                       false,
		"1 +\n":                         true,
		"x := \n":                       true,
		"f(1,\n":                        true,
		"for i := 0; i < 3; i++ {\n":    true,
		"for i := 0; i < 3; i++ {\n}\n": false,
		"s := `raw\n":                   true,
		"s := `raw\nend`\n":             false,
		"/* comment\n":                  true,
		"x := 1 // a { here\n":          false,
		"s := \"(\"\n":                  false,
		"}\n":                           false,
		"i++\n":                         false,
		"\n":                            false,
	} {
		if got := incomplete(text); got != want {
			t.Errorf("incomplete(%q) = %v, want %v", text, got, want)
		}
	}
}

func FuzzIncomplete(f *testing.F) {
	f.Add("for i := range x {")
	f.Add("`")
	f.Fuzz(func(_ *testing.T, text string) { incomplete(text) })
}
