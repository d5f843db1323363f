package stdlib_test

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// publicDirs finds the folders in GOROOT of the packages that other modules can
// import on some platform, by import path.
func publicDirs(t *testing.T) map[string]string {
	t.Helper()
	dirs := make(map[string]string)
	src := filepath.Join(build.Default.GOROOT, "src")
	err := filepath.WalkDir(src, func(dir string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		switch name := d.Name(); {
		case strings.HasPrefix(name, "_"), // as the go command does
			slices.Contains([]string{"internal", "vendor", "testdata", "cmd", "builtin"}, name):
			return filepath.SkipDir
		}
		path, err := filepath.Rel(src, dir)
		dirs[filepath.ToSlash(path)] = dir
		return err
	})
	delete(dirs, ".") // src itself
	if err != nil || len(dirs) < 100 {
		t.Fatalf("found %d folders in %s: %v", len(dirs), src, err)
	}
	return dirs
}

// Sources are parsed files, each parsed once.
type sources struct {
	t     *testing.T
	files map[string]*ast.File
}

func newSources(t *testing.T) *sources {
	return &sources{t: t, files: make(map[string]*ast.File)}
}

func (s *sources) file(dir, name string) *ast.File {
	s.t.Helper()
	path := filepath.Join(dir, name)
	if s.files[path] == nil {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			s.t.Fatal(err)
		}
		s.files[path] = file
	}
	return s.files[path]
}

// tables reads the generated files for ctx: what each table has, by import path.
func (s *sources) tables(ctx *build.Context) map[string]symbolSet {
	s.t.Helper()
	pkg, err := ctx.ImportDir(".", 0)
	if err != nil {
		s.t.Fatal(err)
	}
	byVariable := make(map[string]symbolSet)
	for _, name := range pkg.GoFiles {
		if strings.HasPrefix(name, "zz_") {
			s.readTables(s.file(".", name), byVariable)
		}
	}
	tables := make(map[string]symbolSet)
	for path, variable := range s.index() {
		if set, ok := byVariable[variable]; ok {
			tables[path] = set
		}
	}
	return tables
}

// index gives the variable of each table, by import path, from func lookup.
func (s *sources) index() map[string]string {
	s.t.Helper()
	variables := make(map[string]string)
	ast.Inspect(s.file(".", "zz_index.go"), func(n ast.Node) bool {
		if c, ok := n.(*ast.CaseClause); ok {
			if ret, ok := c.Body[0].(*ast.ReturnStmt).Results[0].(*ast.UnaryExpr); ok {
				variables[s.text(c.List[0])] = ret.X.(*ast.Ident).Name
			}
		}
		return true
	})
	return variables
}

// readTables adds the tables of a file, by variable. One without a value stands
// for a package that is not there.
func (s *sources) readTables(file *ast.File, byVariable map[string]symbolSet) {
	s.t.Helper()
	for _, d := range file.Decls {
		gen, ok := d.(*ast.GenDecl)
		if !ok || gen.Tok != token.VAR {
			continue
		}
		for _, spec := range gen.Specs {
			if spec := spec.(*ast.ValueSpec); len(spec.Values) > 0 {
				byVariable[spec.Names[0].Name] = s.readTable(spec.Values[0].(*ast.CompositeLit))
			}
		}
	}
}

// readTable reads the lists of one table: funcs, vars and types.
func (s *sources) readTable(table *ast.CompositeLit) symbolSet {
	s.t.Helper()
	set := make(symbolSet)
	for _, elt := range table.Elts {
		field := elt.(*ast.KeyValueExpr)
		list, ok := field.Value.(*ast.CompositeLit)
		if !ok {
			continue // the package's name
		}
		kind := strings.TrimSuffix(field.Key.(*ast.Ident).Name, "s")
		for _, elt := range list.Elts {
			symbol := elt.(*ast.CompositeLit).Elts
			name := s.text(symbol[0])
			if value := selected(symbol[1]); value != name {
				s.t.Errorf("the value of %s is %s", name, value)
			}
			set[kind+" "+name] = true
		}
	}
	return set
}

func (s *sources) text(e ast.Expr) string {
	s.t.Helper()
	text, err := strconv.Unquote(e.(*ast.BasicLit).Value)
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

// selected gives F of p.F, &p.F and (*p.F)(nil).
func selected(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.UnaryExpr:
		return selected(e.X)
	case *ast.CallExpr:
		return selected(e.Fun)
	case *ast.ParenExpr:
		return selected(e.X)
	case *ast.StarExpr:
		return selected(e.X)
	}
	return ""
}
