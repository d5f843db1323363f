// Package shrink makes a Go program smaller while it stays interesting.
package shrink

import (
	"bytes"
	"context"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// Program makes the text of a package main smaller for as long as interesting says
// that what is left is, and until ctx ends. interesting is asked about texts that
// parse, but may not be well typed. Program gives the text back as it is if it does
// not parse.
func Program(ctx context.Context, text string, interesting func(text string) bool) string {
	s := &shrinker{ctx: ctx, text: text, interesting: interesting}
	for before := ""; before != s.text; {
		before = s.text
		s.cutLists()
		s.simplify()
	}
	return s.text
}

type shrinker struct {
	ctx         context.Context
	text        string // the smallest one so far
	interesting func(string) bool
}

// parse gives the syntax of the text, nil if there is none or it is time to stop.
func (s *shrinker) parse() (*token.FileSet, *ast.File) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", s.text, parser.SkipObjectResolution)
	if err != nil || s.ctx.Err() != nil {
		return fset, nil
	}
	return fset, file
}

// try takes over a changed syntax if it is smaller and interesting.
func (s *shrinker) try(fset *token.FileSet, file *ast.File) bool {
	dropImports(file)
	var out bytes.Buffer
	if format.Node(&out, fset, file) != nil {
		return false
	}
	text := withoutEmptyLines(out.String())
	if len(text) >= len(s.text) {
		return false
	}
	if formatted, err := format.Source([]byte(text)); err == nil && len(formatted) < len(s.text) {
		text = string(formatted)
	}
	if !s.interesting(text) {
		return false
	}
	s.text = text
	return true
}

// withoutEmptyLines takes out what a cut leaves. A literal may lose a line too.
func withoutEmptyLines(text string) string {
	lines := slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
	return strings.Join(lines, "\n") + "\n"
}

// cutLists cuts parts out of the lists of the program: first halves, at last
// single elements, from the end to the start.
func (s *shrinker) cutLists() {
	for n := 0; ; n++ {
		_, file := s.parse()
		if file == nil || n >= len(listsOf(file)) {
			return
		}
		for size := listsOf(file)[n].len; size > 0; size /= 2 {
			s.cutList(n, size)
		}
	}
}

// cutList cuts size elements at a time out of a list.
func (s *shrinker) cutList(n, size int) {
	for at := -1; at != 0; {
		fset, file := s.parse()
		if file == nil {
			return
		}
		lists := listsOf(file)
		if n >= len(lists) {
			return
		}
		l := lists[n]
		if at < 0 {
			at = l.len
		}
		at = max(0, min(at, l.len)-size)
		if l.len < size {
			return
		}
		l.cut(at, min(at+size, l.len))
		s.try(fset, file)
	}
}

// simplify replaces statements and expressions by what is inside of them.
func (s *shrinker) simplify() {
	for n := 0; ; {
		fset, file := s.parse()
		if file == nil {
			return
		}
		changes := changesOf(file)
		if n >= len(changes) {
			return
		}
		changes[n]()
		if !s.try(fset, file) {
			n++
		}
	}
}

// dropImports takes out the imports that nothing refers to.
func dropImports(file *ast.File) {
	used := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				used[id.Name] = true
			}
		}
		return true
	})
	unused := func(spec ast.Spec) bool {
		imported, ok := spec.(*ast.ImportSpec)
		if !ok || imported.Name != nil {
			return false
		}
		path, _ := strconv.Unquote(imported.Path.Value)
		return !used[path[strings.LastIndex(path, "/")+1:]]
	}
	file.Decls = slices.DeleteFunc(file.Decls, func(decl ast.Decl) bool {
		imports, ok := decl.(*ast.GenDecl)
		if !ok || imports.Tok != token.IMPORT {
			return false
		}
		imports.Specs = slices.DeleteFunc(imports.Specs, unused)
		return len(imports.Specs) == 0
	})
}
