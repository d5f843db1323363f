package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestCopiesAreUpToDate(t *testing.T) {
	dir := filepath.Join("..", "generic", "toolchain")
	about, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(about), "source of "+runtime.Version()+" by") {
		t.Skipf("the copies are not from %s", runtime.Version())
	}
	same, err := run(dir, true)
	if err != nil {
		t.Fatal(err)
	}
	if !same {
		t.Error("out of date: run go generate ./interp/internal/generic")
	}
}

const text = `// Notice.

// Package p is a package.
package p

import (
	"fmt"
	_ "unsafe"
	"strings"
)

// A says so.
func A() { fmt.Println(B) }

// B is left.
var B = 1

// C is cut.
//
//go:linkname C other.C
func C() { strings.ToUpper("") }

type T struct{}

// M belongs to T.
func (T) M() {}
`

func TestCutTakesCommentsAndImportsAlong(t *testing.T) {
	got, err := cut([]byte(text), source{file: "p.go", without: []string{"C"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range []string{"unsafe", "strings", "C is cut", "linkname", "func C"} {
		if bytes.Contains(got, []byte(gone)) {
			t.Errorf("%q is still there:\n%s", gone, got)
		}
	}
	for _, kept := range []string{"// Notice.", "// Package p", "\"fmt\"", "// A says so.\nfunc A", "// B is left.\nvar B", "func (T) M"} {
		if !bytes.Contains(got, []byte(kept)) {
			t.Errorf("%q is gone:\n%s", kept, got)
		}
	}
}

func TestOnlyWhatIsWantedIsTaken(t *testing.T) {
	got, err := cut([]byte(text), source{file: "p.go", only: []string{"T", "M"}})
	if err != nil {
		t.Fatal(err)
	}
	want := "// Notice.\n\n// Package p is a package.\npackage p\n\ntype T struct{}\n\n// M belongs to T.\nfunc (T) M() {}\n"
	if string(got) != want {
		t.Errorf("got\n%s", got)
	}
}

func TestWhatIsNotThereCannotBeCut(t *testing.T) {
	for _, s := range []source{{only: []string{"Nosuch"}}, {without: []string{"A", "Nosuch"}}} {
		if _, err := cut([]byte(text), s); err == nil || !strings.Contains(err.Error(), "Nosuch") {
			t.Errorf("%v: %v", s, err)
		}
	}
}
