package check

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
)

// recall puts the objects of opts.Previous into the package's scope, before the
// files are looked at.
func (c *checker) recall(pkg *types.Package) {
	if len(c.opts.Previous) == 0 {
		return
	}
	declared := make(map[string]bool)
	for _, file := range c.files {
		c.declares(file, declared)
	}
	for _, obj := range c.opts.Previous {
		if !declared[obj.Name()] {
			pkg.Scope().Insert(obj)
		}
	}
}

// declares collects the names that a file declares at package level or imports.
func (c *checker) declares(file *ast.File, names map[string]bool) {
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil {
				names[decl.Name.Name] = true
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				c.declaresSpec(spec, names)
			}
		}
	}
}

func (c *checker) declaresSpec(spec ast.Spec, names map[string]bool) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		names[spec.Name.Name] = true
	case *ast.ValueSpec:
		for _, name := range spec.Names {
			names[name.Name] = true
		}
	case *ast.ImportSpec:
		c.imports(spec, names)
	}
}

func (c *checker) imports(spec *ast.ImportSpec, names map[string]bool) {
	if spec.Name != nil && spec.Name.Name != "." {
		names[spec.Name.Name] = true
		return
	}
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return
	}
	pkg, err := c.opts.Importer.Import(path)
	switch {
	case err != nil: // go/types says so
	case spec.Name == nil:
		names[pkg.Name()] = true
	default:
		for _, name := range pkg.Scope().Names() {
			if token.IsExported(name) {
				names[name] = true
			}
		}
	}
}
