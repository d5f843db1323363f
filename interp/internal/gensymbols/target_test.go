package main

import (
	"go/build"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

var subsets = []struct {
	targets            []target
	constraint, suffix string
}{
	{targets[2:3], "linux && amd64", "_linux_amd64"},
	{targets[4:6], "windows && (amd64 || arm64)", "_windows"},
	{targets[0:4], "(darwin && (amd64 || arm64)) || (linux && (amd64 || arm64))", "_darwin_linux_set"},
	{[]target{targets[0], targets[2]}, "(darwin && amd64) || (linux && amd64)", "_darwin_amd64_linux_amd64_set"},
}

func TestConstraintAndSuffix(t *testing.T) {
	for _, s := range subsets {
		if got := buildConstraint(s.targets); got != s.constraint {
			t.Errorf("buildConstraint(%v) = %s, want %s", s.targets, got, s.constraint)
		}
		if got := suffix(s.targets); got != s.suffix {
			t.Errorf("suffix(%v) = %s, want %s", s.targets, got, s.suffix)
		}
	}
}

// TestFilesBuildOnTheirTargets asks go/build, which also reads file names.
func TestFilesBuildOnTheirTargets(t *testing.T) {
	elsewhere := []target{{"linux", "386"}, {"freebsd", "amd64"}, {"js", "wasm"}, {"plan9", "arm"}}
	for _, s := range subsets {
		dir, name := t.TempDir(), "zz_p"+suffix(s.targets)+".go"
		src, err := source(buildConstraint(s.targets), absent("p"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), src, 0o644); err != nil {
			t.Fatal(err)
		}
		for _, on := range slices.Concat(targets, elsewhere) {
			ctx := build.Default
			ctx.GOOS, ctx.GOARCH = on.os, on.arch
			got, err := ctx.MatchFile(dir, name)
			if want := slices.Contains(s.targets, on); err != nil || got != want {
				t.Errorf("%s on %v: %v, want %v (%v)", name, on, got, want, err)
			}
		}
	}
}
