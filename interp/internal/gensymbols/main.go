// Command gensymbols writes the tables of package interp/stdlib: one Go file a
// package of the standard library, and an index.
//
// It reads the archive of package interp/internal/exportdata, so that the tables
// have what sources are checked against, on every target: run genexport first.
//
//	gensymbols [-dir folder] [-check]
//
// With -check it writes nothing: it prints the files that differ from what it
// would write and exits with status 1 if there are any.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	dir := flag.String("dir", ".", "the folder of package stdlib")
	check := flag.Bool("check", false, "compare only; print the files that differ and exit with status 1")
	flag.Parse()

	same, err := run(*dir, *check)
	if err != nil {
		fmt.Fprintln(os.Stderr, "gensymbols:", err)
		os.Exit(2)
	}
	if !same {
		os.Exit(1)
	}
}

// run generates every file and then compares them with dir or writes them
// there. It reports whether dir holds, in the end, what was generated.
func run(dir string, check bool) (same bool, err error) {
	files, err := generate()
	if err != nil {
		return false, err
	}
	if !check {
		return true, files.write(dir)
	}
	differing, err := files.compare(dir)
	for _, d := range differing {
		fmt.Println(d)
	}
	return len(differing) == 0, err
}
