package main

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/farside-go/farside/interp/internal/bothways"
)

// importRoot is what the packages of a folder are imported below. The sources
// write "./a", which is neither a path of Import nor of the linker.
const importRoot = "test/"

// An outsideError says why a program is out of scope.
type outsideError struct{ why string }

func (e *outsideError) Error() string { return e.why }

// readFolder makes a program of a folder of packages, in which a package is the
// files with one package clause, or each file if single is set. It is imported
// by the name of its first file. The files are in such an order that a package
// stands behind those that it imports.
func readFolder(dir string, single bool) (*bothways.Program, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var packages []bothways.Package
	index := map[string]int{} // by name of the package clause
	for _, entry := range entries {
		switch filepath.Ext(entry.Name()) {
		case ".go":
		case ".s":
			return nil, &outsideError{"assembly"}
		default:
			continue
		}
		name, file, err := readMember(filepath.Join(dir, entry.Name()))
		if err != nil {
			return nil, err
		}
		i, known := index[name]
		if !known || single {
			i = len(packages)
			index[name] = i
			packages = append(packages, bothways.Package{Path: importRoot + strings.TrimSuffix(entry.Name(), ".go")})
		}
		packages[i].Files = append(packages[i].Files, file)
	}
	main, found := index["main"]
	if !found || main != len(packages)-1 || len(packages[main].Files) != 1 {
		return nil, &outsideError{"its last package is not a main of one file"}
	}
	return &bothways.Program{Main: packages[main].Files[0].Text, Packages: packages[:main]}, nil
}

// readMember reads one file of a folder, and makes its imports of the others
// absolute.
func readMember(name string) (clause string, file bothways.File, err error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return "", file, err
	}
	fset, text := token.NewFileSet(), string(data)
	parsed, err := parser.ParseFile(fset, name, text, parser.ImportsOnly)
	if err != nil {
		return "", file, err
	}
	for i := len(parsed.Imports) - 1; i >= 0; i-- {
		literal := parsed.Imports[i].Path
		path, err := strconv.Unquote(literal.Value)
		if err != nil {
			return "", file, err
		}
		if local, ok := strings.CutPrefix(path, "./"); ok {
			start, end := fset.Position(literal.Pos()).Offset, fset.Position(literal.End()).Offset
			text = text[:start] + strconv.Quote(importRoot+local) + text[end:]
		}
	}
	return parsed.Name.Name, bothways.File{Name: filepath.Base(name), Text: text}, nil
}
