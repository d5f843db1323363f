package generic

import (
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"strings"
	"sync"
)

//go:generate go run ../gengeneric

//go:embed toolchain own native
var sources embed.FS

var (
	fset   = token.NewFileSet()
	parsed sync.Map // of func() (*source, error), by import path
)

// A source is the syntax of a package.
type source struct {
	files    []*ast.File
	decls    map[string][]ast.Decl // by name; of a type, with its methods
	hasTypes bool                  // it exports types
}

// parse gives the syntax of a package, which is read once.
func parse(importPath string) (*source, error) {
	found, _ := parsed.LoadOrStore(importPath, sync.OnceValues(func() (*source, error) {
		return parseFiles(importPath)
	}))
	return found.(func() (*source, error))()
}

func parseFiles(importPath string) (*source, error) {
	s := &source{decls: make(map[string][]ast.Decl)}
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
		s.files = append(s.files, file)
		for _, decl := range file.Decls {
			s.add(decl)
		}
	}
	if len(s.files) == 0 {
		return nil, fmt.Errorf("generic: package %s: nothing in it is generic", importPath)
	}
	return s, nil
}

func (s *source) add(decl ast.Decl) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		name := decl.Name.Name
		if decl.Recv != nil {
			name = receiver(decl.Recv.List[0].Type)
		}
		s.decls[name] = append(s.decls[name], decl)
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				s.decls[spec.Name.Name] = append(s.decls[spec.Name.Name], decl)
				s.hasTypes = s.hasTypes || spec.Name.IsExported()
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					s.decls[name.Name] = append(s.decls[name.Name], decl)
				}
			}
		}
	}
}

// receiver gives the name of the type that a method belongs to.
func receiver(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.StarExpr:
		return receiver(x.X)
	case *ast.IndexExpr:
		return receiver(x.X)
	case *ast.IndexListExpr:
		return receiver(x.X)
	}
	return ""
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
