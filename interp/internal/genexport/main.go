// Command genexport writes the archives of package exportdata: the types of the
// standard library, and those of our own public packages.
//
// It asks the go command for the export data of every target, so that what it
// writes is what the compiler sees there. It needs no network and no module but
// this one.
//
//	genexport [-dir folder] [-check]
//
// With -check it writes nothing: it prints the files that differ from what it
// would write and exits with status 1 if there are any.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	dir := flag.String("dir", ".", "the folder of package exportdata")
	check := flag.Bool("check", false, "compare only; print the files that differ and exit with status 1")
	flag.Parse()

	same, err := run(*dir, *check)
	if err != nil {
		fmt.Fprintln(os.Stderr, "genexport:", err)
		os.Exit(2)
	}
	if !same {
		os.Exit(1)
	}
}

// run generates every archive and then compares them with dir or writes them
// there. It reports whether dir holds, in the end, what was generated.
func run(dir string, check bool) (same bool, err error) {
	files, err := generate()
	if err != nil {
		return false, err
	}
	same = true
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file := filepath.Join(dir, name)
		if !check {
			if err := os.WriteFile(file, files[name], 0o644); err != nil {
				return false, err
			}
			continue
		}
		have, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, err
		}
		if !bytes.Equal(have, files[name]) {
			fmt.Println(file)
			same = false
		}
	}
	return same, nil
}
