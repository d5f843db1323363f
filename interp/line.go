package interp

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/farside-go/farside/internal/form"
	"github.com/farside-go/farside/interp/internal/check"
	"github.com/farside-go/farside/interp/internal/compile"
	"github.com/farside-go/farside/interp/internal/vm"
)

// A line is one run of a session, compiled.
type line struct {
	unit    *unit
	init    *vm.Closure // of the package variables that it declares
	main    *vm.Closure
	objects []types.Object // what it declares for later lines
}

// valueName is the function that takes the value of a line's last expression.
const valueName = "_value_"

// line compiles the text of a line. Its value is asked for first; a call that
// has none is compiled as it is.
func (s *session) line(name, text string, w *world) (*line, error) {
	l, asked, err := s.compile(name, text, w, true)
	if err != nil && asked {
		if plain, _, again := s.compile(name, text, w, false); again == nil {
			return plain, nil
		}
	}
	return l, err
}

// compile reports whether it asked for the line's value.
func (s *session) compile(name, text string, w *world, value bool) (l *line, asked bool, err error) {
	u, err := s.prepare(name, text, w)
	if err != nil {
		return nil, false, err
	}
	asked = value && askValue(u.body())
	pkg, err := s.check(u, w)
	if err == nil {
		l, err = s.build(u, pkg, w)
	}
	if err != nil {
		return nil, asked, compileFault(s.fset, err)
	}
	return l, asked, nil
}

func (s *session) prepare(name, text string, w *world) (*unit, error) {
	sh := form.Recognise(text, "")
	if sh.Clause {
		return nil, compileError(name, "a session takes statements and declarations, not a whole package")
	}
	if sh.Stray >= 0 {
		return nil, straySyntax(name, text, sh.Stray)
	}
	sh.Kind = form.Statements
	u := &unit{name: name, text: text, form: form.Statements, locals: s.names()}
	if err := u.parse(s.fset, sh); err != nil {
		return nil, err
	}
	if ret := firstReturn(u.body()); ret != nil {
		return nil, faultAt(s.fset, ret.Pos(), "return outside of a function")
	}
	return u, u.resolve(s.fset, w)
}

// askValue makes the last statement, if it is an expression, hand over its value.
func askValue(body *ast.BlockStmt) bool {
	n := len(body.List)
	if n == 0 {
		return false
	}
	e, ok := body.List[n-1].(*ast.ExprStmt)
	if !ok || prints(e.X) {
		return false
	}
	pos := e.Pos()
	e.X = &ast.CallExpr{Fun: &ast.Ident{NamePos: pos, Name: valueName}, Lparen: pos, Args: []ast.Expr{e.X}, Rparen: e.End()}
	return true
}

// prints reports whether an expression is a call of fmt.Println or its like: how
// many bytes it printed is not what was asked.
func prints(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	id, ok := sel.X.(*ast.Ident)
	return ok && id.Name == "fmt" && (sel.Sel.Name == "Print" || sel.Sel.Name == "Printf" || sel.Sel.Name == "Println")
}

func (s *session) check(u *unit, w *world) (*check.Package, error) {
	pkg, err := check.Check(s.fset, "main", []*ast.File{u.file}, &check.Options{
		Importer: w, Previous: s.previous, Package: s.pkg, Unused: func(token.Pos) bool { return true },
	})
	if err != nil {
		return nil, err
	}
	if list := check.Refuse(pkg, nil); len(list) > 0 {
		return nil, list
	}
	return pkg, nil
}

// build compiles a line that was checked. What its statements declare become
// variables of the package, so that later lines have them.
func (s *session) build(u *unit, pkg *check.Package, w *world) (l *line, err error) {
	s.symbols.world = w
	l = &line{unit: u}
	scope := pkg.Info.Scopes[mainDecl(u.file).Type]
	for _, name := range scope.Names() {
		o := scope.Lookup(name)
		if v, ok := o.(*types.Var); ok {
			s.code.Declare(v)
		}
		l.objects = append(l.objects, o)
	}
	if err := s.addTrees(u.imports, w); err != nil {
		return nil, err
	}
	main := &compile.Package{Types: pkg.Types, Info: pkg.Info, Files: pkg.Files}
	if err := s.code.Add(main); err != nil {
		return nil, err
	}
	if l.init, err = s.code.Init(main); err != nil {
		return nil, err
	}
	l.main, err = s.code.Func(pkg.Types.Scope().Lookup("main").(*types.Func))
	s.inits = append(s.code.GenericInits(), s.inits...)
	l.declared(pkg)
	s.pkg = pkg.Types
	return l, err
}

// declared notes what a line declares outside of its statements, and what it
// imports.
func (l *line) declared(pkg *check.Package) {
	for id, o := range pkg.Info.Defs {
		switch {
		case o == nil || id.Name == "_" || o == pkg.Types.Scope().Lookup("main"):
		case o.Parent() == pkg.Types.Scope():
			l.objects = append(l.objects, o)
		}
	}
	for _, spec := range l.unit.file.Imports {
		if !spec.Path.Pos().IsValid() {
			continue // ours
		}
		if spec.Name != nil {
			if o := pkg.Info.Defs[spec.Name]; o != nil {
				l.objects = append(l.objects, o)
			}
		}
	}
}
