package generic

import (
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/farside-go/farside/interp/internal/check"
)

//go:generate go run ../gengeneric

//go:embed toolchain own native
var sources embed.FS

const (
	modulePath = "github.com/farside-go/farside/"

	// NativePath is the import path of package native, which the packages here
	// import and no user's source can. Its symbols are in native.Symbols.
	NativePath = modulePath + "interp/internal/generic/native"
)

// A loaded package, or why it could not be loaded.
type result func() (*check.Package, error)

var (
	fset     = token.NewFileSet()
	packages sync.Map // of results, by import path
	standard = sync.OnceValue(check.NewImporter)
)

// Has reports whether a package declares something generic.
func Has(importPath string) bool {
	for _, dir := range dirs(importPath) {
		if len(goFiles(dir)) > 0 {
			return true
		}
	}
	return false
}

// Package gives what is generic in a package, with what that needs: syntax that
// was type-checked under the package's own path, so that whatever a source refers
// to can be looked up by its name. A package is read when it is first asked for,
// and kept. What it refers to of itself and of others, beyond that, is compiled.
func Package(importPath string) (*check.Package, error) {
	load, _ := packages.LoadOrStore(importPath, result(sync.OnceValues(func() (*check.Package, error) {
		return read(importPath)
	})))
	return load.(result)()
}

func read(importPath string) (*check.Package, error) {
	var files []*ast.File
	for _, dir := range dirs(importPath) {
		for _, name := range goFiles(dir) {
			text, err := fs.ReadFile(sources, path.Join(dir, name))
			if err != nil {
				return nil, err
			}
			shown := path.Join(importPath, strings.TrimSuffix(name, ".txt"))
			file, err := parser.ParseFile(fset, shown, text, parser.SkipObjectResolution)
			if err != nil {
				return nil, fmt.Errorf("generic: %w", err)
			}
			files = append(files, file)
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("generic: package %s: nothing in it is generic", importPath)
	}
	pkg, err := check.Check(fset, importPath, files, &check.Options{Importer: importer{}})
	if err != nil {
		return nil, fmt.Errorf("generic: %w", err)
	}
	return pkg, nil
}

// dirs gives the folders that may have files of a package.
func dirs(importPath string) []string {
	if importPath == NativePath {
		return []string{"native"}
	}
	short := strings.TrimPrefix(importPath, modulePath)
	return []string{path.Join("toolchain", short), path.Join("own", short)}
}

// goFiles gives the names of the files of Go source in a folder, which may be
// missing.
func goFiles(dir string) (names []string) {
	entries, _ := sources.ReadDir(dir)
	for _, entry := range entries {
		name := strings.TrimSuffix(entry.Name(), ".txt")
		if path.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go") {
			names = append(names, entry.Name())
		}
	}
	return names
}

// importer gives the compiled packages, and package native by its source.
type importer struct{}

func (importer) Import(importPath string) (*types.Package, error) {
	if importPath != NativePath {
		return standard().Import(importPath)
	}
	pkg, err := Package(importPath)
	if err != nil {
		return nil, err
	}
	return pkg.Types, nil
}
