package interp

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestExposedPackagesAreWhole compares the tables with what the packages export.
func TestExposedPackagesAreWhole(t *testing.T) {
	for path, dir := range map[string]string{bootstrapPath: "../bootstrap", channelPath: "../channel", gatewayPath: "../gateway"} {
		table := farsideSymbols(path)
		for _, name := range exportedNames(t, dir) {
			if _, ok := table[name]; !ok {
				t.Errorf("%s.%s is missing in the table", path, name)
			}
			delete(table, name)
		}
		for name := range table {
			t.Errorf("%s.%s is in the table and not in the package", path, name)
		}
	}
}

// exportedNames gives the package-level names that are values or types at run
// time.
func exportedNames(t *testing.T, dir string) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_windows.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			names = append(names, declaredNames(decl)...)
		}
	}
	return names
}

func declaredNames(decl ast.Decl) (names []string) {
	add := func(ids ...*ast.Ident) {
		for _, id := range ids {
			if id.IsExported() {
				names = append(names, id.Name)
			}
		}
	}
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl.Recv == nil && decl.Type.TypeParams == nil {
			add(decl.Name)
		}
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				if spec.TypeParams == nil {
					add(spec.Name)
				}
			case *ast.ValueSpec:
				if decl.Tok == token.VAR {
					add(spec.Names...)
				}
			}
		}
	}
	return names
}
