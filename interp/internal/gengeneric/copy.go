package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// A source is a file of the standard library of which a part is taken.
type source struct {
	pkg, file string
	only      []string // what is taken; nil is all
	without   []string // what is left out
}

// sources are the files that are plain Go, as far as they are taken: they import
// neither unsafe nor internal packages, and no other language has a part in them.
// What is left out is in the folder own of package generic.
var sources = []source{
	{pkg: "cmp", file: "cmp.go"},
	{pkg: "errors", file: "wrap.go", only: []string{"AsType", "asType"}},
	{pkg: "maps", file: "iter.go"},
	{pkg: "maps", file: "maps.go", without: []string{"Clone", "clone"}},
	{pkg: "slices", file: "iter.go"},
	{pkg: "slices", file: "slices.go", without: []string{"overlaps"}},
	{pkg: "slices", file: "sort.go"},
	{pkg: "slices", file: "zsortanyfunc.go"},
	{pkg: "slices", file: "zsortordered.go"},
	{pkg: "sync", file: "oncefunc.go", only: []string{"OnceValue", "OnceValues"}},
}

const readme = `# From the Go standard library

These files are taken from the source of %s by gengeneric, some of them in
part. They are under the licence in LICENSE. Do not edit them: run
` + "`go generate ./interp/internal/generic`" + `.
`

// goroot asks the go command where the toolchain is.
func goroot() (string, error) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOROOT: %w", err)
	}
	return string(bytes.TrimSpace(out)), nil
}

// copyAll gives the copies by name, and what is to be said about them.
func copyAll(root string) (map[string][]byte, error) {
	license, err := os.ReadFile(filepath.Join(root, "LICENSE"))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{
		"LICENSE":   license,
		"README.md": fmt.Appendf(nil, readme, runtime.Version()),
	}
	for _, s := range sources {
		text, err := os.ReadFile(filepath.Join(root, "src", s.pkg, s.file))
		if err != nil {
			return nil, err
		}
		part, err := cut(text, s)
		if err != nil {
			return nil, fmt.Errorf("%s/%s: %w", s.pkg, s.file, err)
		}
		files[s.pkg+"/"+s.file+".txt"] = part
	}
	return files, nil
}
