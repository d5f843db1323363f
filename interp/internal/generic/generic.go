package generic

import (
	"fmt"
	"go/types"
	"sync"

	"github.com/farside-go/farside/interp/internal/check"
)

const (
	modulePath = "github.com/farside-go/farside/"

	// NativePath is the import path of package native, which the packages here
	// import and no user's source can. Its symbols are in native.Symbols.
	NativePath = modulePath + "interp/internal/generic/native"
)

// A result is a package that is checked when it is first asked for.
type result func() (*check.Package, error)

var (
	packages sync.Map // of results, by import path
	standard = sync.OnceValue(check.NewImporter)
)

// Package gives what is generic in a package, with what that needs: syntax that
// was type-checked under the package's own path, so that whatever a source refers
// to can be looked up by its name. A package is read when it is first asked for,
// and kept. What it refers to of itself and of others, beyond that, is compiled.
func Package(importPath string) (*check.Package, error) {
	found, _ := packages.LoadOrStore(importPath, result(sync.OnceValues(func() (*check.Package, error) {
		return read(importPath)
	})))
	return found.(result)()
}

func read(importPath string) (*check.Package, error) {
	files, err := parse(importPath)
	if err != nil {
		return nil, err
	}
	pkg, err := check.Check(fset, importPath, files, &check.Options{Importer: importer{}})
	if err != nil {
		return nil, fmt.Errorf("generic: %w", err)
	}
	return pkg, nil
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
