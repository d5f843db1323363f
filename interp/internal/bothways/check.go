package bothways

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"sync"
)

// A Checker type-checks programs. It may be used by several goroutines.
type Checker struct{ imports lockedImporter }

// NewChecker makes a Checker. It asks the go command for what programs import.
func NewChecker() *Checker {
	return &Checker{imports: lockedImporter{importer: importer.Default()}}
}

// Check reports the first error in the text of a program's main.
func (c *Checker) Check(text string) error {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "main.go", text, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	conf := types.Config{Importer: &c.imports}
	_, err = conf.Check("main", fset, []*ast.File{file}, nil)
	return err
}

// A lockedImporter is an importer for one goroutine that several can use.
type lockedImporter struct {
	mu       sync.Mutex
	importer types.Importer
}

func (i *lockedImporter) Import(path string) (*types.Package, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.importer.Import(path)
}
