package generic

import (
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"strings"
)

//go:generate go run ../gengeneric

//go:embed toolchain own native
var sources embed.FS

var fset = token.NewFileSet()

// parse gives the syntax of a package.
func parse(importPath string) (files []*ast.File, err error) {
	for _, name := range fileNames(importPath) {
		text, err := sources.ReadFile(name)
		if err != nil {
			return nil, err
		}
		shown := path.Join(importPath, strings.TrimSuffix(path.Base(name), ".txt"))
		file, err := parser.ParseFile(fset, shown, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("generic: %w", err)
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("generic: package %s: nothing in it is generic", importPath)
	}
	return files, nil
}

// fileNames gives the files of a package.
func fileNames(importPath string) (names []string) {
	short := strings.TrimPrefix(importPath, modulePath)
	dirs := []string{path.Join("toolchain", short), path.Join("own", short)}
	if importPath == NativePath {
		dirs = []string{"native"}
	}
	for _, dir := range dirs {
		entries, _ := sources.ReadDir(dir) // most packages have none
		for _, entry := range entries {
			name := strings.TrimSuffix(entry.Name(), ".txt")
			if path.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go") {
				names = append(names, path.Join(dir, entry.Name()))
			}
		}
	}
	return names
}
