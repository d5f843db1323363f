package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

// TestTablesAreUpToDate generates the tables of this platform and compares
// those that all platforms share. For the others there is gensymbols -check.
func TestTablesAreUpToDate(t *testing.T) {
	if testing.Short() {
		t.Skip("asks the go command for the whole standard library")
	}
	host := target{runtime.GOOS, runtime.GOARCH}
	if !slices.Contains(targets, host) {
		t.Skipf("no tables for %v", host)
	}
	lib, err := load(host)
	if err != nil {
		t.Fatal(err)
	}
	dir, shared := filepath.Join("..", "..", "stdlib"), 0
	for path, p := range lib.packages {
		name := variant{targets: targets}.file(path, len(targets))
		have, err := os.ReadFile(filepath.Join(dir, name))
		if os.IsNotExist(err) {
			continue // not shared
		}
		if err != nil {
			t.Fatal(err)
		}
		m, err := newModel(p)
		if err != nil {
			t.Fatal(err)
		}
		want, err := source("", m.body())
		if err != nil {
			t.Fatal(err)
		}
		if shared++; !bytes.Equal(have, want) {
			t.Errorf("%s is out of date: run go generate ./interp/stdlib", name)
		}
	}
	if shared < 150 {
		t.Errorf("only %d tables are shared by all platforms", shared)
	}
}

func TestGroupMergesEqualTargets(t *testing.T) {
	linux := library{targets[2], packagesOf(t, "package p; func F() {}")}
	arm := library{targets[3], packagesOf(t, "package p; func F() {}")}
	windows := library{targets[4], packagesOf(t, "package p; func G() {}")}
	nothing := library{targets[5], nil}
	vs, err := group([]*library{&linux, &arm, &windows, &nothing}, "p")
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, v := range vs {
		files = append(files, v.file("p", len(targets)))
	}
	if want := []string{"zz_p_linux.go", "zz_p_windows_amd64.go", "zz_p_windows_arm64.go"}; !slices.Equal(files, want) {
		t.Errorf("files %v, want %v", files, want)
	}
	if vs[2].body != "var std_p table\n" {
		t.Errorf("body of an absent package:\n%s", vs[2].body)
	}
}

func TestAmbiguousNameNeedsAPreference(t *testing.T) {
	if _, err := ordered(map[string]string{"a/x": "x", "b/x": "x"}); err == nil {
		t.Error("no error for two packages called x")
	}
	got, err := ordered(map[string]string{"html/template": "template", "text/template": "template", "fmt": "fmt"})
	if err != nil || got["template"][0] != "text/template" || got["fmt"][0] != "fmt" {
		t.Errorf("%v, %v", got, err)
	}
}
