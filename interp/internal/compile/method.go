package compile

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"

	"github.com/farside-go/farside/interp/internal/compile/frame"
	"github.com/farside-go/farside/interp/internal/ops/call"
	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// A methodUse is a method as a selector names it: where its receiver is, and
// whose method it is once type parameters are replaced.
type methodUse struct {
	pos      token.Pos
	fn       *types.Func
	args     []types.Type // of the receiver's type
	inter    types.Type   // the interface whose method it is, or nil
	compiled bool
	at       frame.Place // of the value that has the method
	t        types.Type  // of that value
}

// methodOf finds the method that a selector names.
func (f *fn) methodOf(sel *ast.SelectorExpr, s *types.Selection) *methodUse {
	t := f.env.Subst(s.Recv())
	path := s.Index()
	if _, param := types.Unalias(s.Recv()).(*types.TypeParam); param {
		_, path, _ = types.LookupFieldOrMethod(t, true, f.pkg.Types, s.Obj().Name())
	}
	p, t := f.followTyped(f.placeOf(sel.X), t, path[:len(path)-1])
	return f.use(sel.Sel.Pos(), p, t, s.Obj().(*types.Func))
}

// use says how the method of that name of the value at p is called.
func (f *fn) use(pos token.Pos, p frame.Place, t types.Type, fn *types.Func) *methodUse {
	m := &methodUse{pos: pos, at: p, t: t, fn: fn}
	if isInterface(t) {
		m.inter = t
		return m
	}
	base := t
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		base = ptr.Elem()
	}
	if o, _, _ := types.LookupFieldOrMethod(types.NewPointer(base), true, fn.Pkg(), fn.Name()); o != nil {
		m.fn = o.(*types.Func)
	}
	named, _ := types.Unalias(base).(*types.Named)
	if named == nil {
		return m
	}
	for i := range named.TypeArgs().Len() {
		m.args = append(m.args, named.TypeArgs().At(i))
	}
	pkg := m.fn.Pkg()
	m.compiled = len(m.args) == 0 && pkg != nil && f.c.decls[m.fn.Origin()] == nil && f.c.compiled(pkg.Path()) &&
		!f.c.isGenericOnly(named)
	return m
}

// isGenericOnly reports whether a type of a compiled package is one that we made
// from syntax.
func (c *Compiler) isGenericOnly(t *types.Named) bool { return t.TypeArgs().Len() > 0 }

// key is the name that a method is known under.
func (m *methodUse) key() string { return methodKey(m.fn) }

func methodKey(fn *types.Func) string {
	if fn.Exported() || fn.Pkg() == nil {
		return fn.Name()
	}
	return fn.Pkg().Path() + "." + fn.Name()
}

// index is the method's number in the interface type.
func (m *methodUse) index(f *fn) int {
	rt := f.rt(m.inter).Reflect()
	for i := range rt.NumMethod() {
		if rt.Method(i).Name == m.fn.Name() {
			return i
		}
	}
	return 0
}

// symbol gives a compiled method as a function of its receiver.
func (m *methodUse) symbol(f *fn) reflect.Method {
	t := m.t
	if !isPointer(t) || hasPointerReceiver(m.fn) {
		if !isPointer(t) && hasPointerReceiver(m.fn) {
			t = types.NewPointer(t)
		}
	} else if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	found, ok := f.rt(t).Reflect().MethodByName(m.fn.Name())
	if !ok {
		fail(m.pos, "method %s cannot be used in interpreted source; build the program instead", m.fn.FullName())
	}
	return found
}

func hasPointerReceiver(fn *types.Func) bool {
	return isPointer(fn.Type().(*types.Signature).Recv().Type())
}

// receiver evaluates the receiver as the method takes it.
func (f *fn) receiver(m *methodUse) vm.Slot {
	switch {
	case m.inter != nil:
		return f.slotOf(f.Load(m.at, nil), m.t)
	case hasPointerReceiver(m.fn):
		if isPointer(m.t) {
			return f.slotOf(f.Load(m.at, nil), m.t)
		}
		return f.slotOf(f.LastingAddress(m.at), types.NewPointer(m.t))
	}
	if ptr, ok := types.Unalias(m.t).(*types.Pointer); ok {
		p := f.Load(m.at, nil)
		f.At(m.pos)
		return f.slotOf(f.Load(frame.Place{Kind: frame.Pointed, Type: f.rt(ptr.Elem()), Off: p}, nil), ptr.Elem())
	}
	return f.slotOf(f.Load(m.at, nil), m.t)
}

// methodValue evaluates x.method.
func (f *fn) methodValue(e *ast.SelectorExpr, d *uintptr) uintptr {
	m := f.methodOf(e, f.pkg.Info.Selections[e])
	recv := f.receiver(m)
	t := f.rtOf(e)
	to := f.Dest(d, t)
	if m.inter != nil {
		f.Emit(call.InterfaceMethodValue(f.rt(m.inter), m.key(), m.index(f), to, recv.Off, rtype.NewFuncMaker(t)))
	} else if m.compiled {
		f.compiledMethodValue(m, to, recv, t)
	} else {
		f.Emit(call.MethodValue(f.c.funcOf(m.fn, m.args), rtype.NewFuncMaker(t), to, recv))
	}
	return to
}

// compiledMethodValue is methodValue for a compiled type.
func (f *fn) compiledMethodValue(m *methodUse, to uintptr, recv vm.Slot, t *rtype.Type) {
	if bound, ok := f.boundMethod(m); ok {
		f.Emit(call.BoundMethodValue(bound, to, recv, rtype.NewFuncMaker(t)))
	} else {
		f.Emit(call.CompiledMethodValue(m.symbol(f), to, recv))
	}
}

// methodExpr evaluates T.method: a function whose first parameter is the
// receiver.
func (f *fn) methodExpr(e *ast.SelectorExpr, d *uintptr) uintptr {
	s := f.pkg.Info.Selections[e]
	sig := f.env.Subst(f.pkg.Info.TypeOf(e)).(*types.Signature)
	g := f.c.newFn(f.pkg, f.env, f.name, nil)
	g.Func = &vm.Func{Name: f.litName(), Type: f.rtOf(e)}
	g.forward(e.Sel.Pos(), sig, f.env.Subst(s.Recv()), s.Obj().(*types.Func))
	to := f.Dest(d, g.Func.Type)
	f.Emit(call.Closure(g.Func, to, nil))
	return to
}

// forward compiles a function that calls a method of its first parameter, which
// is of type recv, with the others.
func (f *fn) forward(pos token.Pos, sig *types.Signature, recv types.Type, fn *types.Func) {
	var args []vm.Slot
	for i := range sig.Params().Len() {
		t := f.rt(sig.Params().At(i).Type())
		args = append(args, vm.Slot{Off: f.Slot(t), Type: t})
	}
	f.Func.Params = args
	var results []vm.Slot
	for i := range sig.Results().Len() {
		t := f.rt(sig.Results().At(i).Type())
		results = append(results, vm.Slot{Off: f.Slot(t), Type: t})
	}
	f.Func.Results = results
	_, path, _ := types.LookupFieldOrMethod(recv, true, fn.Pkg(), fn.Name())
	p, t := f.followTyped(frame.Place{Kind: frame.InFrame, Type: args[0].Type, Off: args[0].Off}, recv, path[:len(path)-1])
	m := f.use(pos, p, t, fn)
	first := f.receiver(m)
	rest := args[1:]
	switch {
	case m.inter != nil:
		f.Emit(call.Do(call.Interface(f.rt(m.inter), first.Off, m.key(), m.index(f), rest), results))
	case m.compiled:
		f.Emit(call.Do(f.compiledMethod(m, append([]vm.Slot{first}, rest...)), results))
	default:
		f.Emit(callOp(f.c.funcOf(m.fn, m.args), append([]vm.Slot{first}, rest...), results))
	}
	f.Emit(move.Return())
	f.Finish(f.c.Code)
}
