package interp

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"runtime/debug"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/form"
	"github.com/farside-go/farside/interp/internal/check"
	"github.com/farside-go/farside/interp/internal/compile"
	"github.com/farside-go/farside/interp/internal/vm"
)

// A program is a source that was compiled. It runs once at a time, and can run
// again: each run has variables of its own.
type program struct {
	unit    *unit
	fset    *token.FileSet
	symbols *symbolTable
	code    *compile.Compiler
	inits   []*vm.Closure // of its packages, in their order
	main    *vm.Closure   // the function main, or the far function
	given   givenVars     // of bare statements
}

// compileProgram compiles a source.
func compileProgram(name, text, far string, w *world) (*program, error) {
	fset := w.trees.fset
	u, err := prepare(fset, name, text, far, w)
	if err != nil {
		return nil, err
	}
	p := &program{unit: u, fset: fset, symbols: newSymbolTable(w)}
	p.code = compile.New(&compile.Options{Symbols: p.symbols, Generic: genericPackage})
	if err := p.compile(w); err != nil {
		if fault := (*channel.Fault)(nil); errors.As(err, &fault) {
			return nil, fault
		}
		return nil, compileFault(fset, err)
	}
	return p, nil
}

func (p *program) compile(w *world) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = p.defect(v)
		}
	}()
	order, err := w.trees.compileOrder(p.unit.imports)
	if err != nil {
		return err
	}
	for _, tree := range order {
		if _, err := w.trees.check(tree.path, w); err != nil {
			return err
		}
	}
	opts := &check.Options{Importer: w}
	if p.unit.form == form.Statements {
		opts.Previous = p.given.declare(p.code, w)
	}
	pkg, err := check.Check(p.fset, "main", []*ast.File{p.unit.file}, opts)
	if err != nil {
		return err
	}
	if list := check.Refuse(pkg, nil); len(list) > 0 {
		return list
	}
	if err := p.addTrees(order, w); err != nil {
		return err
	}
	main := &compile.Package{Types: pkg.Types, Info: pkg.Info, Files: pkg.Files}
	if err := p.add(main); err != nil {
		return err
	}
	name := "main"
	if p.unit.far != nil {
		name = p.unit.far.Name.Name
	}
	p.main, err = p.code.Func(pkg.Types.Scope().Lookup(name).(*types.Func))
	p.inits = append(p.code.GenericInits(), p.inits...)
	return err
}

// defect is the error of a source that our own code cannot cope with.
func (p *program) defect(v any) error {
	return &channel.Fault{Name: "interpreter", File: p.unit.name, Stack: string(debug.Stack()), Text: fmt.Sprintf(
		"%s: this source cannot be interpreted because of a defect in farside (%v): please report it, and build the program instead",
		p.unit.name, v)}
}

// addTrees compiles the imported packages that the source needs.
func (p *program) addTrees(order []*treePackage, w *world) error {
	for _, tree := range order {
		pkg, err := w.trees.toCompile(tree, w)
		if err != nil {
			return err
		}
		if err := p.add(pkg); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) add(pkg *compile.Package) error {
	if err := p.code.Add(pkg); err != nil {
		return err
	}
	init, err := p.code.Init(pkg)
	p.inits = append(p.inits, init)
	return err
}
