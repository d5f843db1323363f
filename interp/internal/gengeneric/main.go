// Command gengeneric copies those generic parts of the standard library that are
// plain Go into package generic, from the source of the toolchain that runs it.
//
//	gengeneric [-dir folder] [-check]
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
	dir := flag.String("dir", "toolchain", "the folder to write to")
	check := flag.Bool("check", false, "compare only; print the files that differ and exit with status 1")
	flag.Parse()

	same, err := run(*dir, *check)
	if err != nil {
		fmt.Fprintln(os.Stderr, "gengeneric:", err)
		os.Exit(2)
	}
	if !same {
		os.Exit(1)
	}
}

// run copies every file and then compares the copies with dir or writes them
// there. It reports whether dir holds, in the end, what was copied.
func run(dir string, check bool) (same bool, err error) {
	root, err := goroot()
	if err != nil {
		return false, err
	}
	files, err := copyAll(root)
	if err != nil {
		return false, err
	}
	same = true
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if !check {
			if err := write(file, files[name]); err != nil {
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

func write(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}
