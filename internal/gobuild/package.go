package gobuild

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"github.com/farside-go/farside/internal/farmain"
	"github.com/farside-go/farside/internal/form"
	"github.com/farside-go/farside/internal/gohome"
	"github.com/farside-go/farside/internal/gotool"
)

// planPackage plans the build of a package.
func (j *job) planPackage(ctx context.Context, w *work, h *gohome.Home) (*plan, error) {
	p := &plan{Home: h, target: j.Package, overlay: map[string]string{}}
	if err := j.list(ctx, w, p, j.Package, farmain.WorkerPath); err != nil {
		return nil, j.fromGo(err)
	}
	root, err := j.root(p.listed)
	if err != nil {
		return nil, err
	}
	p.folder = root.Dir
	parsed, err := parse(root)
	if err != nil {
		return p, nil // the compiler says what is wrong with it
	}
	p.main = root.Name == "main" && parsed.hasMain() && j.Func == ""
	switch {
	case p.main:
		return p, nil
	case j.Command:
		return nil, j.notWhole()
	}
	far, problem := form.Far(parsed.files, j.Func)
	if problem != nil {
		return nil, j.problem(parsed.fset, problem)
	}
	if err := j.needWorker(ctx, w, p, j.Package); err != nil {
		return nil, j.fromGo(err)
	}
	if root.Name == "main" {
		return p, j.inside(p, root, parsed, far.Name.Name)
	}
	return p, j.outside(p, root, parsed, far)
}

// root finds the package that was named.
func (j *job) root(list []*gotool.Package) (root *gotool.Package, err error) {
	for _, pkg := range list {
		switch {
		case pkg.DepOnly || pkg.ImportPath == farmain.WorkerPath && j.Package != farmain.WorkerPath && root != nil:
		case root != nil && pkg.ImportPath != farmain.WorkerPath:
			return nil, j.failed(nil, fmt.Sprintf("that is more than one package: %s, %s; name one", root.ImportPath, pkg.ImportPath))
		case root == nil || root.ImportPath == farmain.WorkerPath:
			root = pkg
		}
	}
	if root == nil {
		return nil, j.failed(ErrModule, "there is no such package")
	}
	if root.Error != nil && len(root.GoFiles)+len(root.CgoFiles) == 0 {
		return nil, j.unusable(root)
	}
	return root, nil
}

// unusable is the Error of a package in which there is nothing to compile.
func (j *job) unusable(root *gotool.Package) *Error {
	e := j.said(root.Error.Err)
	if file, rest, ok := strings.Cut(root.Error.Pos, ":"); ok && e.Messages[0].Line == 0 {
		e.Messages[0].File = file
		fmt.Sscanf(rest, "%d:%d", &e.Messages[0].Line, &e.Messages[0].Column)
	}
	if !j.CGO && usesCgo(root) {
		e.Kind, e.Hint = ErrCgo, "it "+cgoHint
	}
	return e
}

// A parsed package has the files that go in.
type parsed struct {
	fset  *token.FileSet
	files []*ast.File
	texts []string
}

func parse(pkg *gotool.Package) (*parsed, error) {
	p := &parsed{fset: token.NewFileSet()}
	for _, name := range append(pkg.GoFiles[:len(pkg.GoFiles):len(pkg.GoFiles)], pkg.CgoFiles...) {
		path := filepath.Join(pkg.Dir, name)
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(p.fset, path, text, 0)
		if err != nil {
			return nil, err
		}
		p.files, p.texts = append(p.files, file), append(p.texts, string(text))
	}
	return p, nil
}

func (p *parsed) hasMain() bool {
	for _, file := range p.files {
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "main" {
				return true
			}
		}
	}
	return false
}

// problem is the Error of a package without a far function to run.
func (j *job) problem(fset *token.FileSet, problem *form.Problem) *Error {
	e := j.failed(ErrNoFar, strings.Replace(problem.Text, "in this source", "in this package", 1))
	if problem.Pos.IsValid() {
		at := fset.Position(problem.Pos)
		e.Messages[0] = Message{j.seen(at.Filename), at.Line, at.Column, problem.Text}
	}
	return e
}

// seen is a path as the user sees it, who is in Dir.
func (j *job) seen(path string) string {
	if rel, err := filepath.Rel(j.Dir, path); err == nil && len(rel) < len(path) {
		return rel
	}
	return path
}

// inside adds a file to a package main, whose own function main is called otherwise
// then, if it has one.
func (j *job) inside(p *plan, root *gotool.Package, parsed *parsed, far string) error {
	for i, file := range parsed.files {
		path := parsed.fset.Position(file.Package).Filename
		if text := farmain.WithoutMain(parsed.texts[i], file); text != parsed.texts[i] {
			p.overlay[path] = text
		}
	}
	p.overlay[freeName(root.Dir, "farside_main", ".go")] = farmain.Inside(far)
	return nil
}

// outside puts a main package beneath the far function's, from where it can import it
// also if that is internal; if it is not in a module of the user's, into one.
func (j *job) outside(p *plan, root *gotool.Package, parsed *parsed, far *ast.FuncDecl) error {
	if !far.Name.IsExported() {
		at := parsed.fset.Position(far.Name.Pos())
		e := j.failed(ErrNoFar, "")
		e.Messages[0] = Message{j.seen(at.Filename), at.Line, at.Column,
			fmt.Sprintf("%s is not exported, and so cannot be a far function of package %s", far.Name.Name, root.Name)}
		return e
	}
	within := p.Root
	if root.Module != nil && root.Module.Main {
		within = root.Dir
	}
	if within == "" {
		return j.failed(ErrModule, fmt.Sprintf("%s is in no module: go to one that requires it", root.ImportPath))
	}
	p.target = freeName(within, "farside-main", "")
	p.overlay[filepath.Join(p.target, "main.go")] = farmain.Import(root.ImportPath, far.Name.Name)
	return nil
}

// freeName gives a path in a folder at which nothing is.
func freeName(dir, name, suffix string) string {
	path := filepath.Join(dir, name+suffix)
	for i := 2; ; i++ {
		if _, err := os.Lstat(path); err != nil {
			return path
		}
		path = filepath.Join(dir, fmt.Sprint(name, i, suffix))
	}
}

const cgoHint = "uses cgo, which is off: ask for CGO, with a C compiler for the far side's system"

// usesCgo reports whether files of a package that are left out import C.
func usesCgo(pkg *gotool.Package) bool {
	for _, name := range pkg.IgnoredGoFiles {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(pkg.Dir, name), nil, parser.ImportsOnly)
		if err != nil {
			continue
		}
		for _, spec := range file.Imports {
			if form.ImportPath(spec) == "C" {
				return true
			}
		}
	}
	return false
}
