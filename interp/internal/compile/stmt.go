package compile

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/farside-go/farside/interp/internal/compile/frame"
	"github.com/farside-go/farside/interp/internal/ops/call"
	"github.com/farside-go/farside/interp/internal/ops/composite"
	"github.com/farside-go/farside/interp/internal/vm"
)

func (f *fn) blockBody(list []ast.Stmt) {
	for _, s := range list {
		f.stmt(s, nil)
	}
}

// stmt compiles a statement; label is the one that stands before it.
func (f *fn) stmt(s ast.Stmt, label types.Object) {
	f.At(s.Pos())
	switch s := s.(type) {
	case *ast.BlockStmt:
		f.blockBody(s.List)
		return
	case *ast.LabeledStmt:
		f.labeled(s)
		return
	case *ast.IfStmt:
		f.ifStmt(s)
		return
	case *ast.ForStmt:
		f.forStmt(s, label)
		return
	case *ast.RangeStmt:
		f.rangeStmt(s, label)
		return
	case *ast.SwitchStmt:
		f.switchStmt(s, label)
		return
	case *ast.TypeSwitchStmt:
		f.typeSwitch(s, label)
		return
	case *ast.SelectStmt:
		f.selectStmt(s, label)
		return
	}
	f.simple(s)
	f.endStatement()
}

// simple compiles a statement without statements in it.
func (f *fn) simple(s ast.Stmt) {
	switch s := s.(type) {
	case nil, *ast.EmptyStmt:
	case *ast.ExprStmt:
		f.exprStmt(s.X)
	case *ast.AssignStmt:
		f.assign(s)
	case *ast.IncDecStmt:
		f.incDec(s)
	case *ast.DeclStmt:
		f.declStmt(s)
	case *ast.ReturnStmt:
		f.returnStmt(s)
	case *ast.BranchStmt:
		f.branch(s)
	case *ast.SendStmt:
		f.send(s)
	case *ast.GoStmt:
		f.Emit(call.Go(f.callTarget(s.Call)))
	case *ast.DeferStmt:
		f.deferStmt(s)
	default:
		fail(s.Pos(), "%T is no statement", s)
	}
}

func (f *fn) exprStmt(e ast.Expr) {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		f.callValue(call, nil)
		return
	}
	f.value(e, nil)
}

func (f *fn) send(s *ast.SendStmt) {
	f.hoist(s.Chan, s.Value)
	c := f.value(s.Chan, nil)
	t := f.typeOf(s.Chan)
	v := f.valueAs(s.Value, coreType(t).(*types.Chan).Elem(), nil)
	f.Emit(composite.Send(f.rt(t), c, v))
}

func (f *fn) incDec(s *ast.IncDecStmt) {
	op := token.ADD
	if s.Tok == token.DEC {
		op = token.SUB
	}
	t := f.rtOf(s.X)
	p := f.placeOf(s.X)
	one := f.Constant(one, t)
	if p.Kind == frame.InFrame {
		f.Emit(f.arithmetic(s, op, t, p.Off, p.Off, one))
		return
	}
	v := f.Load(p, nil)
	r := f.Temp(t)
	f.Emit(f.arithmetic(s, op, t, r, v, one))
	f.Store(p, r)
}

func (f *fn) declStmt(s *ast.DeclStmt) {
	d := s.Decl.(*ast.GenDecl)
	if d.Tok != token.VAR {
		return
	}
	for _, spec := range d.Specs {
		spec := spec.(*ast.ValueSpec)
		switch {
		case len(spec.Values) == 0:
			for _, name := range spec.Names {
				f.clear(f.declare(name))
			}
		case len(spec.Values) == len(spec.Names):
			f.defineEach(spec.Names, spec.Values)
		default:
			f.assignMany(names(spec.Names), spec.Values[0], true)
		}
		f.endStatement()
	}
}

func names(ids []*ast.Ident) []ast.Expr {
	list := make([]ast.Expr, len(ids))
	for i, id := range ids {
		list[i] = id
	}
	return list
}

// defineEach compiles var a, b = x, y.
func (f *fn) defineEach(ids []*ast.Ident, exprs []ast.Expr) {
	f.hoist(exprs...)
	list := make([]uintptr, len(ids))
	for i, e := range exprs {
		list[i] = f.valueAs(e, f.declaredType(ids[i], e), nil)
	}
	for i, id := range ids {
		if p := f.declare(id); p.Kind != frame.Nowhere {
			f.Store(p, list[i])
		}
	}
}

func (f *fn) declaredType(id *ast.Ident, e ast.Expr) types.Type {
	if v, ok := f.pkg.Info.Defs[id].(*types.Var); ok {
		return f.env.Subst(v.Type())
	}
	return f.typeOf(e)
}

// initialise compiles the initialisation of package variables.
func (f *fn) initialise(init *types.Initializer) {
	f.facts.Add(f.pkg.Info, init.Rhs)
	place := func(v *types.Var) frame.Place {
		if v.Name() == "_" || !f.c.isGlobal(v) {
			return frame.Place{Kind: frame.Nowhere}
		}
		return f.lookup(v.Pos(), v).place()
	}
	if len(init.Lhs) == 1 {
		v := init.Lhs[0]
		r := f.valueAs(init.Rhs, v.Type(), nil)
		f.Store(place(v), r)
		return
	}
	values, from := f.many(init.Rhs)
	for i, v := range init.Lhs {
		if p := place(v); p.Kind != frame.Nowhere {
			f.Store(p, f.converted(values[i].Off, from[i], v.Type(), nil))
		}
	}
}

func (f *fn) returnStmt(s *ast.ReturnStmt) {
	if len(s.Results) == 0 {
		f.endReturn()
		return
	}
	if len(s.Results) == 1 && len(f.results) > 1 {
		values, from := f.many(s.Results[0])
		for i, r := range f.results {
			f.Store(r.place(), f.converted(values[i].Off, from[i], f.resultType(i), nil))
		}
		f.endReturn()
		return
	}
	f.hoist(s.Results...)
	if len(s.Results) == 1 && !f.results[0].boxed && !f.Func.Defers {
		f.valueAs(s.Results[0], f.resultType(0), &f.results[0].off)
		f.endReturn()
		return
	}
	list := make([]uintptr, len(s.Results))
	for i, e := range s.Results {
		v := f.valueAs(e, f.resultType(i), nil)
		if f.isResult(v) {
			t := f.Temp(f.results[i].t)
			v = f.Moved(f.results[i].t, v, &t)
		}
		list[i] = v
	}
	for i, r := range f.results {
		f.Store(r.place(), list[i])
	}
	f.endReturn()
}

func (f *fn) isResult(off uintptr) bool {
	for _, r := range f.results {
		if off >= r.off && off < r.off+max(r.t.Size(), 1) {
			return true
		}
	}
	return false
}

// callTarget evaluates what a go or defer statement calls. What is no function
// with a name of its own is called by a function literal in its place.
func (f *fn) callTarget(e *ast.CallExpr) call.Target {
	tv := f.pkg.Info.Types[e.Fun]
	if !tv.IsBuiltin() && !tv.IsType() {
		return f.target(e)
	}
	return f.builtinTarget(e)
}

// builtinTarget makes a function that calls a predeclared function with what its
// arguments are now.
func (f *fn) builtinTarget(e *ast.CallExpr) call.Target {
	f.hoist(e.Args...)
	g := f.c.newFn(f.pkg, f.env, f.name, nil)
	g.outer, g.facts = f, f.facts
	g.Func = &vm.Func{Name: f.Func.Name}
	g.At(e.Pos())
	var args []vm.Slot
	for _, arg := range e.Args {
		tv := f.pkg.Info.Types[arg]
		if tv.IsType() || tv.Value != nil || tv.IsNil() {
			continue
		}
		t := f.rtOf(arg)
		args = append(args, vm.Slot{Off: f.value(arg, nil), Type: t})
		s := vm.Slot{Off: g.Slot(t), Type: t}
		g.Func.Params = append(g.Func.Params, s)
		g.done[ast.Unparen(arg)] = s.Off
	}
	if f.pkg.Info.Types[e.Fun].IsBuiltin() {
		g.builtin(e, nil)
	}
	g.Finish(g.c.Code)
	return call.Static(g.Func, args)
}

func (f *fn) deferStmt(s *ast.DeferStmt) {
	if f.pkg.Info.Types[s.Call.Fun].IsBuiltin() && f.builtinName(s.Call.Fun) == "recover" {
		f.Emit(call.DeferRecover())
		return
	}
	if !f.pkg.Info.Types[s.Call.Fun].IsBuiltin() && !f.pkg.Info.Types[s.Call.Fun].IsType() && f.calleeOf(s.Call.Fun) == nil {
		if _, ok := ast.Unparen(s.Call.Fun).(*ast.SelectorExpr); !ok {
			f.deferValue(s.Call)
			return
		}
	}
	f.Emit(call.Defer(f.callTarget(s.Call)))
}

// deferValue defers the call of a func value. That it is nil is told when it is
// called.
func (f *fn) deferValue(e *ast.CallExpr) {
	f.hoist(append([]ast.Expr{e.Fun}, e.Args...)...)
	sig := coreType(f.typeOf(e.Fun)).(*types.Signature)
	fn := f.value(e.Fun, nil)
	args := f.arguments(e, sig)
	f.Emit(call.DeferNil(fn, call.Defer(call.Dynamic(f.rt(sig), fn, args))))
}
