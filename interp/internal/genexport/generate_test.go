package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/farside-go/farside/interp/internal/exportdata"
	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

// TestArchivesAreUpToDate compares this platform's part of the archives with
// what would be written now. For all platforms there is genexport -check.
func TestArchivesAreUpToDate(t *testing.T) {
	target := runtime.GOOS + "/" + runtime.GOARCH
	if testing.Short() || !slices.Contains(format.Targets, target) {
		t.Skipf("asks the go command for the whole standard library of %s", target)
	}
	std, own, err := load(target)
	if err != nil {
		t.Fatal(err)
	}
	want, err := archives([]library{std}, []library{own})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range want {
		archive, err := os.ReadFile(filepath.Join("..", "exportdata", name))
		if err != nil {
			t.Fatal(err)
		}
		if version, err := exportdata.Toolchain(string(archive)); err != nil || version != runtime.Version() {
			t.Skipf("%s was written by %s, this is %s: %v", name, version, runtime.Version(), err)
		}
		have, err := exportdata.Sections(string(archive), target)
		if err != nil {
			t.Fatal(err)
		}
		want, err := exportdata.Sections(string(data), target)
		if err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(have, want) {
			t.Errorf("%s is out of date for %s: run go generate ./interp/internal/exportdata", name, target)
		}
	}
}

// TestGeneratingTwiceGivesTheSame: files that differ from run to run would look
// out of date for ever.
func TestGeneratingTwiceGivesTheSame(t *testing.T) {
	target := format.Targets[2]
	var runs [2]map[string][]byte
	for i := range runs {
		std, own, err := load(target)
		if err != nil {
			t.Fatal(err)
		}
		if runs[i], err = archives([]library{std}, []library{own}); err != nil {
			t.Fatal(err)
		}
	}
	for name := range runs[0] {
		if !bytes.Equal(runs[0][name], runs[1][name]) {
			t.Errorf("%s differs from run to run", name)
		}
	}
}
