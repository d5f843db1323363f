package compile

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/farside-go/farside/interp/internal/ops/call"
	"github.com/farside-go/farside/interp/internal/ops/composite"
	"github.com/farside-go/farside/interp/internal/vm"
)

// callValue evaluates a call that gives one value, or none.
func (f *fn) callValue(e *ast.CallExpr, d *uintptr) uintptr {
	tv := f.pkg.Info.Types[e.Fun]
	switch {
	case tv.IsType():
		return f.conversion(e, d)
	case tv.IsBuiltin():
		return f.builtin(e, d)
	}
	t := f.pkg.Info.Types[e].Type
	if tuple, ok := t.(*types.Tuple); ok && tuple.Len() == 0 || t == nil {
		f.call(e, nil)
		return 0
	}
	if _, ok := t.(*types.Tuple); ok {
		f.call(e, nil)
		return 0
	}
	rt := f.rtOf(e)
	to := f.Dest(d, rt)
	f.call(e, []vm.Slot{{Off: to, Type: rt}})
	return to
}

// callMany evaluates a call that gives several values, and gives their places.
func (f *fn) callMany(e *ast.CallExpr) []vm.Slot {
	tuple := f.pkg.Info.Types[e].Type.(*types.Tuple)
	results := make([]vm.Slot, tuple.Len())
	for i := range results {
		t := f.declared(tuple.At(i).Type())
		results[i] = vm.Slot{Off: f.Temp(t), Type: t}
	}
	f.call(e, results)
	return results
}

func (f *fn) call(e *ast.CallExpr, results []vm.Slot) {
	t := f.target(e)
	f.At(callPos(e))
	f.Emit(call.Do(t, results))
}

// callPos is where a call is said to be: at the method's name in a chain, which
// may stand on several lines.
func callPos(e *ast.CallExpr) token.Pos {
	if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok {
		if _, chained := ast.Unparen(sel.X).(*ast.CallExpr); chained {
			return sel.Sel.Pos()
		}
	}
	return e.Pos()
}

// target evaluates what a call calls, and its arguments.
func (f *fn) target(e *ast.CallExpr) call.Target {
	if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok {
		if s := f.pkg.Info.Selections[sel]; s != nil && s.Kind() == types.MethodVal {
			return f.methodTarget(e, sel, s)
		}
	}
	if c := f.calleeOf(e.Fun); c != nil {
		return f.namedTarget(e, c)
	}
	f.hoist(append([]ast.Expr{e.Fun}, e.Args...)...)
	sig := coreType(f.typeOf(e.Fun)).(*types.Signature)
	fn := f.value(e.Fun, nil)
	args := f.arguments(e, sig)
	return call.Dynamic(f.rt(sig), fn, args)
}

func (f *fn) namedTarget(e *ast.CallExpr, c *callee) call.Target {
	sig := f.env.Subst(f.pkg.Info.TypeOf(e.Fun)).(*types.Signature)
	args := f.arguments(e, sig)
	if f.isCompiled(c) {
		get, t := f.symbolFunc(e.Pos(), c.fn)
		return call.Compiled(get, t, args)
	}
	return call.Static(f.c.funcOf(c.fn, c.args), args)
}

// arguments evaluates the arguments of a call, each as its parameter's type.
func (f *fn) arguments(e *ast.CallExpr, sig *types.Signature) []vm.Slot {
	params := sig.Params()
	f.hoistArgs(e.Args, sig)
	if len(e.Args) == 1 && params.Len() > 0 {
		if tuple, ok := f.pkg.Info.Types[e.Args[0]].Type.(*types.Tuple); ok {
			return f.spread(e.Args[0].(*ast.CallExpr), tuple, sig)
		}
	}
	fixed := params.Len()
	variadic := sig.Variadic() && !e.Ellipsis.IsValid()
	if variadic {
		fixed--
	}
	var args []vm.Slot
	for i := range fixed {
		t := params.At(i).Type()
		args = append(args, vm.Slot{Off: f.valueAs(e.Args[i], t, nil), Type: f.rt(t)})
	}
	if variadic {
		t := params.At(fixed).Type()
		elem := t.(*types.Slice).Elem()
		var values []uintptr
		for _, arg := range e.Args[fixed:] {
			values = append(values, f.valueAs(arg, elem, nil))
		}
		args = append(args, vm.Slot{Off: f.pack(values, elem, t), Type: f.rt(t)})
	}
	return args
}

// hoistArgs evaluates what runs first in arguments, in their order.
func (f *fn) hoistArgs(args []ast.Expr, sig *types.Signature) {
	if len(args) < 2 || !f.anyEffect(args...) {
		return
	}
	params := sig.Params()
	for i, arg := range args {
		f.hoistIn(arg)
		if i >= params.Len()-1 && sig.Variadic() {
			f.hoistConverted(arg, params.At(params.Len()-1).Type().(*types.Slice).Elem())
		} else {
			f.hoistConverted(arg, params.At(i).Type())
		}
	}
}

// spread passes on what a call with several results gives.
func (f *fn) spread(call *ast.CallExpr, tuple *types.Tuple, sig *types.Signature) []vm.Slot {
	results := f.callMany(call)
	params := sig.Params()
	fixed := params.Len()
	if sig.Variadic() {
		fixed--
	}
	var args []vm.Slot
	for i := range fixed {
		t := params.At(i).Type()
		args = append(args, vm.Slot{Off: f.converted(results[i].Off, f.env.Subst(tuple.At(i).Type()), t, nil), Type: f.rt(t)})
	}
	if sig.Variadic() {
		t := params.At(fixed).Type()
		elem := t.(*types.Slice).Elem()
		var values []uintptr
		for i := fixed; i < len(results); i++ {
			values = append(values, f.converted(results[i].Off, f.env.Subst(tuple.At(i).Type()), elem, nil))
		}
		args = append(args, vm.Slot{Off: f.pack(values, elem, t), Type: f.rt(t)})
	}
	return args
}

// pack makes the slice of a variadic parameter.
func (f *fn) pack(values []uintptr, elem, t types.Type) uintptr {
	rt, et := f.rt(t), f.rt(elem)
	if len(values) == 0 {
		return f.Zero(rt)
	}
	d := f.Temp(rt)
	f.Emit(composite.ArrayLiteral(et, len(values), d))
	for i, v := range values {
		f.Emit(composite.SetIndex(et, d, f.Integer(i), v))
	}
	return d
}

// methodTarget evaluates the receiver and the arguments of a method call.
func (f *fn) methodTarget(e *ast.CallExpr, sel *ast.SelectorExpr, s *types.Selection) call.Target {
	f.hoist(append([]ast.Expr{sel.X}, e.Args...)...)
	m := f.methodOf(sel, s)
	recv := f.receiver(m)
	args := f.arguments(e, f.env.Subst(f.pkg.Info.TypeOf(e.Fun)).(*types.Signature))
	if m.inter != nil {
		return call.Interface(f.rt(m.inter), recv.Off, m.key(), m.index(f), args)
	}
	args = append([]vm.Slot{recv}, args...)
	if m.compiled {
		return f.compiledMethod(m, args)
	}
	return call.Static(f.c.funcOf(m.fn, m.args), args)
}

// compiledMethod calls a method of a compiled type, or the program's own in its
// place.
func (f *fn) compiledMethod(m *methodUse, args []vm.Slot) call.Target {
	fn := m.symbol(f)
	if bound, ok := f.boundMethod(m); ok {
		return call.Compiled(ownSymbol(bound), fn.Func.Type(), args)
	}
	return call.CompiledMethod(fn, args)
}

// boundMethod gives the number of a compiled method that is the program's own.
func (f *fn) boundMethod(m *methodUse) (int, bool) {
	return f.c.symbols.Bound(m.fn.Pkg().Path(), receiverName(m.fn)+"."+m.fn.Name())
}

// receiverName is the name of the type that has a method.
func receiverName(fn *types.Func) string {
	t := fn.Type().(*types.Signature).Recv().Type()
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return named.Obj().Name()
	}
	return ""
}

func (f *fn) slotOf(off uintptr, t types.Type) vm.Slot { return vm.Slot{Off: off, Type: f.rt(t)} }
