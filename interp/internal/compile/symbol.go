package compile

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/compile/frame"
	"github.com/farside-go/farside/interp/internal/ops/call"
	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// symbolVar gives the place of a compiled package's variable.
func (f *fn) symbolVar(pos token.Pos, v *types.Var) frame.Place {
	path := v.Pkg().Path()
	t := f.declared(v.Type())
	if bound, ok := f.c.symbols.Bound(path, v.Name()); ok {
		p := f.Temp(frame.PointerType)
		f.Emit(move.BoundAddress(bound, p))
		return frame.Place{Kind: frame.Pointed, Type: t, Off: p}
	}
	s := f.c.symbols.Symbol(path, v.Name())
	if !s.IsValid() || !s.CanAddr() {
		fail(pos, "variable %s.%s cannot be used in interpreted source; build the program instead", path, v.Name())
	}
	return frame.Place{Kind: frame.Pointed, Type: t, Off: f.Pointer(s.Addr().UnsafePointer())}
}

// A callee is a function that is named in the source, with its type arguments.
type callee struct {
	fn   *types.Func
	args []types.Type
}

// calleeOf finds the function that an expression names, nil if it names none.
func (f *fn) calleeOf(e ast.Expr) *callee {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return f.named(e)
	case *ast.SelectorExpr:
		if f.pkg.Info.Selections[e] == nil {
			return f.named(e.Sel)
		}
	case *ast.IndexExpr:
		return f.calleeOf(e.X)
	case *ast.IndexListExpr:
		return f.calleeOf(e.X)
	}
	return nil
}

func (f *fn) named(id *ast.Ident) *callee {
	fn, ok := f.pkg.Info.ObjectOf(id).(*types.Func)
	if !ok {
		return nil
	}
	c := &callee{fn: fn}
	if inst, ok := f.pkg.Info.Instances[id]; ok {
		for i := range inst.TypeArgs.Len() {
			c.args = append(c.args, f.env.Subst(inst.TypeArgs.At(i)))
		}
	}
	return c
}

// isCompiled reports whether a function's code is compiled code.
func (f *fn) isCompiled(c *callee) bool {
	return len(c.args) == 0 && c.fn.Pkg() != nil && f.c.decls[c.fn.Origin()] == nil && f.c.compiled(c.fn.Pkg().Path())
}

// symbolFunc gives a compiled package's function, and how to get it at each call.
func (f *fn) symbolFunc(pos token.Pos, fn *types.Func) (get call.Symbol, t reflect.Type) {
	path := fn.Pkg().Path()
	if bound, ok := f.c.symbols.Bound(path, fn.Name()); ok {
		return ownSymbol(bound), f.c.symbols.Symbol(path, fn.Name()).Type()
	}
	s := f.c.symbols.Symbol(path, fn.Name())
	if !s.IsValid() {
		fail(pos, "function %s.%s cannot be used in interpreted source; build the program instead", path, fn.Name())
	}
	return func(*vm.Program) reflect.Value { return s }, s.Type()
}

// ownSymbol is a symbol that is the program's own.
func ownSymbol(number int) call.Symbol {
	return func(p *vm.Program) reflect.Value { return p.Symbol(number) }
}

// funcValue evaluates the name of a function.
func (f *fn) funcValue(e ast.Expr, d *uintptr) uintptr {
	c := f.calleeOf(e)
	if c == nil {
		fail(e.Pos(), "no function")
	}
	t := f.rtOf(e)
	if f.isCompiled(c) {
		if bound, ok := f.c.symbols.Bound(c.fn.Pkg().Path(), c.fn.Name()); ok {
			to := f.Dest(d, t)
			f.Emit(call.BoundFunc(bound, to, rtype.NewFuncMaker(t)))
			return to
		}
		get, _ := f.symbolFunc(e.Pos(), c.fn)
		return f.Moved(t, f.Pointer(funcPointer(get(nil))), d)
	}
	to := f.Dest(d, t)
	f.Emit(call.Closure(f.c.funcOf(c.fn, c.args), to, nil))
	return to
}

// funcPointer gives a func value as it lies in memory.
func funcPointer(v reflect.Value) unsafe.Pointer {
	i := v.Interface()
	return (*rtype.Eface)(unsafe.Pointer(&i)).Data
}

// funcLit evaluates a function literal.
func (f *fn) funcLit(e *ast.FuncLit, d *uintptr) uintptr {
	g := f.c.newFn(f.pkg, f.env, f.name, nil)
	g.outer, g.facts = f, f.facts
	g.Func = &vm.Func{Name: f.litName(), Type: f.rtOf(e)}
	g.functionIn(e, nil, e.Type, e.Body)
	captured := make([]uintptr, len(g.captured))
	for i, v := range g.captured {
		captured[i] = v.off
	}
	to := f.Dest(d, g.Func.Type)
	f.Emit(call.Closure(g.Func, to, captured))
	return to
}
