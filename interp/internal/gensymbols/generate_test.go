package main

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/farside-go/farside/interp/internal/exportdata"
)

// TestTablesAreUpToDate does what gensymbols -check does.
func TestTablesAreUpToDate(t *testing.T) {
	files, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 150 {
		t.Errorf("only %d files are generated", len(files))
	}
	differing, err := files.compare(filepath.Join("..", "..", "stdlib"))
	if err != nil || len(differing) > 0 {
		t.Errorf("out of date: %v (%v): run go generate ./interp/stdlib", differing, err)
	}
}

// TestSkippedPackagesExist: one that a later release lacks, or that was given
// another path, is not to be listed any more.
func TestSkippedPackagesExist(t *testing.T) {
	names := exportdata.Standard(targets[0].String()).Names()
	for path := range skipped {
		if names[path] == "" {
			t.Errorf("there is no package %s", path)
		}
	}
}

func TestGroupMergesEqualTargets(t *testing.T) {
	linux := library{targets[2], packagesOf(t, "package p; func F() {}")}
	arm := library{targets[3], packagesOf(t, "package p; func F() {}")}
	windows := library{targets[4], packagesOf(t, "package p; func G() {}")}
	nothing := library{targets[5], nil}
	variants := group([]*library{&linux, &arm, &windows, &nothing}, "p")
	var files []string
	for _, v := range variants {
		files = append(files, v.file("p"))
	}
	if want := []string{"zz_p_linux.go", "zz_p_windows_amd64.go", "zz_p_windows_arm64.go"}; !slices.Equal(files, want) {
		t.Errorf("files %v, want %v", files, want)
	}
	if variants[2].body != "var std_p table\n" {
		t.Errorf("body of an absent package:\n%s", variants[2].body)
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
