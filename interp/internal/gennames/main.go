// Command gennames writes the names of package internal/libnames, in the order and for
// the packages that source can be interpreted with, so that a text means the same
// whether it is interpreted or built.
package main

import (
	"fmt"
	"go/types"
	"os"
	"slices"
	"strings"

	"github.com/farside-go/farside/interp/internal/exportdata"
	"github.com/farside-go/farside/interp/stdlib"
)

//go:generate go run . ../../../internal/libnames/names.txt

const modulePath = "github.com/farside-go/farside/"

// channelPath is the package that bare statements have beside a variable of its name.
const channelPath = modulePath + "channel"

// own are the other packages of ours that interpreted source can use.
var own = []string{"bootstrap", "gateway"}

func main() {
	text, err := names()
	if err == nil {
		err = os.WriteFile(os.Args[1], []byte(text), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gennames:", err)
		os.Exit(1)
	}
}

// names gives a line for each package: its name, its path, and if need be its symbols.
func names() (string, error) {
	archive := exportdata.New()
	var lines []string
	for _, path := range stdlib.Packages() {
		name := stdlib.Name(path)
		paths := stdlib.Paths(name)
		switch {
		case len(paths) == 1:
			lines = append(lines, name+" "+path)
		case paths[0] == path: // the others come with it
			for _, path := range paths {
				line, err := withSymbols(archive, name, path)
				if err != nil {
					return "", err
				}
				lines = append(lines, line)
			}
		}
	}
	slices.SortStableFunc(lines, func(a, b string) int { return strings.Compare(first(a), first(b)) })
	for _, name := range own {
		lines = append(lines, name+" "+modulePath+name)
	}
	symbols, err := withSymbols(archive, "channel", channelPath)
	if err != nil {
		return "", err
	}
	methods, err := methods(archive)
	return strings.Join(append(lines, symbols, methods), "\n") + "\n", err
}

func first(line string) string { return strings.Fields(line)[0] }

func withSymbols(archive types.Importer, name, path string) (string, error) {
	pkg, err := archive.Import(path)
	if err != nil {
		return "", err
	}
	line := name + " " + path
	for _, symbol := range pkg.Scope().Names() {
		if pkg.Scope().Lookup(symbol).Exported() {
			line += " " + symbol
		}
	}
	return line, nil
}

// methods gives the line of what a *channel.Channel has.
func methods(archive types.Importer) (string, error) {
	pkg, err := archive.Import(channelPath)
	if err != nil {
		return "", err
	}
	line := "*channel.Channel " + pkg.Path()
	set := types.NewMethodSet(types.NewPointer(pkg.Scope().Lookup("Channel").Type()))
	for method := range set.Methods() {
		if method.Obj().Exported() {
			line += " " + method.Obj().Name()
		}
	}
	return line, nil
}
