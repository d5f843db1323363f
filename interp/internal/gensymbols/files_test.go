package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestWriteThenCompare(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"zz_stale.go", "byhand.go"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("package stdlib\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files := make(fileSet)
	for _, name := range []string{"zz_a.go", "zz_b.go"} {
		if err := files.add(name, "", "var x int\n"); err != nil {
			t.Fatal(err)
		}
	}
	check := func(want ...string) {
		t.Helper()
		got, err := files.compare(dir)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("compare: %v, %v; want %v", got, err, want)
		}
	}
	check("zz_stale.go", "zz_a.go", "zz_b.go")
	if err := files.write(dir); err != nil {
		t.Fatal(err)
	}
	check()
	if err := os.WriteFile(filepath.Join(dir, "zz_b.go"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	check("zz_b.go")
	if _, err := os.Stat(filepath.Join(dir, "byhand.go")); err != nil {
		t.Error(err)
	}
}

func TestAddRefusesDuplicatesAndBrokenSource(t *testing.T) {
	files := make(fileSet)
	if err := files.add("zz_a.go", "", "var x int"); err != nil {
		t.Fatal(err)
	}
	if files.add("zz_a.go", "", "var x int") == nil {
		t.Error("no error for a second file of one name")
	}
	if files.add("zz_b.go", "", "var var") == nil {
		t.Error("no error for source that does not parse")
	}
}
