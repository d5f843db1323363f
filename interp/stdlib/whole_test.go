package stdlib_test

import (
	"errors"
	"go/ast"
	"go/build"
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

// without lists the public packages that have no table; the package comment
// says so too.
var without = []string{"expvar", "net/http/pprof", "plugin", "runtime/cgo", "runtime/race", "time/tzdata", "unsafe"}

// TestTablesAreWhole compares the tables of every target with the source in
// GOROOT, packages as well as symbols, both ways.
func TestTablesAreWhole(t *testing.T) {
	s := newSources(t)
	dirs := publicDirs(t)
	for _, target := range format.Targets {
		ctx := build.Default
		ctx.GOOS, ctx.GOARCH, _ = strings.Cut(target, "/")
		ctx.CgoEnabled = false
		tables := s.tables(&ctx)
		for path, dir := range dirs {
			want := s.declared(&ctx, dir)
			if want == nil || slices.Contains(without, path) {
				continue
			}
			have, ok := tables[path]
			if !ok {
				t.Errorf("%s: package %s has no table", target, path)
				continue
			}
			for _, symbol := range want.minus(have) {
				t.Errorf("%s: the table of %s lacks %s", target, path, symbol)
			}
			for _, symbol := range have.minus(want) {
				t.Errorf("%s: the table of %s has %s, which its source has not", target, path, symbol)
			}
			delete(tables, path)
		}
		for path := range tables {
			t.Errorf("%s: there is a table of %s, which is no package", target, path)
		}
	}
	if t.Failed() {
		t.Log("with the toolchain of this source, run go generate ./interp/internal/exportdata ./interp/stdlib")
	}
}

// A symbolSet has symbols with what they are: "func Println".
type symbolSet map[string]bool

func (s symbolSet) minus(other symbolSet) (list []string) {
	for _, symbol := range slices.Sorted(maps.Keys(s)) {
		if !other[symbol] {
			list = append(list, symbol)
		}
	}
	return list
}

// declared gives what the source of a package declares that a table is to have,
// nil if there is no such package for ctx.
func (s *sources) declared(ctx *build.Context, dir string) symbolSet {
	s.t.Helper()
	pkg, err := ctx.ImportDir(dir, 0)
	if none := new(build.NoGoError); errors.As(err, &none) || pkg.Name == "main" {
		return nil
	}
	if err != nil {
		s.t.Fatal(err)
	}
	set := make(symbolSet)
	for _, name := range pkg.GoFiles {
		for _, d := range s.file(dir, name).Decls {
			set.declare(d)
		}
	}
	return set
}

func (s symbolSet) declare(d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil && d.Type.TypeParams == nil {
			s.add("func", d.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				if d.Tok == token.VAR {
					s.add("var", spec.Names...)
				}
			case *ast.TypeSpec:
				if spec.TypeParams == nil && !isConstraint(spec.Type) {
					s.add("type", spec.Name)
				}
			}
		}
	}
}

func (s symbolSet) add(kind string, names ...*ast.Ident) {
	for _, name := range names {
		if name.IsExported() {
			s[kind+" "+name.Name] = true
		}
	}
}

// isConstraint reports whether a type is an interface with a union in it.
func isConstraint(e ast.Expr) bool {
	iface, ok := e.(*ast.InterfaceType)
	return ok && slices.ContainsFunc(iface.Methods.List, func(f *ast.Field) bool {
		switch f.Type.(type) {
		case *ast.BinaryExpr, *ast.UnaryExpr:
			return true
		}
		return false
	})
}
