package compile

import (
	"go/token"
	"go/types"
	"reflect"
	"sort"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/ops/call"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// A methodID is a method of a type, as compiled code can call it.
type methodID struct {
	t    *rtype.Type
	name string
}

// methodsOf gives compiled code the methods of a type that was made, and of the
// pointer to it. It also makes them known to calls through interfaces.
func (c *Compiler) methodsOf(t types.Type, rt, ptr *rtype.Type) (value, pointer []rtype.Method) {
	receive := vm.Pointed
	if rt.Direct() {
		receive = vm.InWord
	}
	value = c.methodSet(t, rt, receive, true)
	pointer = c.methodSet(types.NewPointer(t), ptr, vm.InWord, false)
	return value, pointer
}

func (c *Compiler) methodSet(t types.Type, rt *rtype.Type, receive vm.Receive, byValue bool) []rtype.Method {
	set := types.NewMethodSet(t)
	var list []rtype.Method
	for i := range set.Len() {
		sel := set.At(i)
		list = append(list, c.exposed(t, rt, sel, receive, byValue))
	}
	sort.Slice(list, func(i, j int) bool {
		return rtype.LessMethod(list[i].Name, list[i].PkgPath, list[j].Name, list[j].PkgPath)
	})
	return list
}

// exposed makes one method callable by compiled code.
func (c *Compiler) exposed(t types.Type, rt *rtype.Type, sel *types.Selection, receive vm.Receive, byValue bool) rtype.Method {
	fn := sel.Obj().(*types.Func)
	sig := sel.Type().(*types.Signature)
	plain := types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())
	code, how := c.receiverFunc(t, sel, fn, plain)
	if how != vm.AsIs {
		receive = how
	}
	call.SetMethod(rt, methodKey(fn), &call.Method{Fn: code, Code: c.Code, Receive: receive})
	mt := c.Types.Func(plain)
	m := rtype.Method{Name: fn.Name(), Type: mt}
	if !fn.Exported() && fn.Pkg() != nil {
		m.PkgPath = fn.Pkg().Path()
	}
	m.Pointer = c.exposedFunc(code, withFirst(reflect.TypeFor[unsafe.Pointer](), mt), receive)
	if byValue {
		m.Value = c.exposedFunc(code, withFirst(rt.Reflect(), mt), vm.AsIs)
	}
	return m
}

// receiverFunc gives the function to call for a method in a method set, and how
// it takes what an interface holds: a method that is declared for the type, or
// one that finds the embedded value first.
func (c *Compiler) receiverFunc(t types.Type, sel *types.Selection, fn *types.Func, plain *types.Signature) (*vm.Func, vm.Receive) {
	if len(sel.Index()) == 1 {
		named, _ := types.Unalias(t).(*types.Named)
		ptr, isPtr := t.(*types.Pointer)
		if isPtr {
			named, _ = types.Unalias(ptr.Elem()).(*types.Named)
		}
		var args []types.Type
		for i := range named.TypeArgs().Len() {
			args = append(args, named.TypeArgs().At(i))
		}
		if isPtr && !hasPointerReceiver(fn) {
			return c.funcOf(fn, args), vm.Pointed
		}
		return c.funcOf(fn, args), vm.AsIs
	}
	return c.promoted(t, fn, plain), vm.AsIs
}

// promoted compiles the method that a type has because of what it embeds.
func (c *Compiler) promoted(t types.Type, fn *types.Func, plain *types.Signature) *vm.Func {
	id := methodID{c.Types.Type(t), methodKey(fn)}
	if f := c.methods[id]; f != nil {
		return f
	}
	f := &vm.Func{Name: types.TypeString(t, nil) + "." + fn.Name()}
	c.methods[id] = f
	params := []*types.Var{types.NewParam(token.NoPos, nil, "", t)}
	for i := range plain.Params().Len() {
		params = append(params, plain.Params().At(i))
	}
	full := types.NewSignatureType(nil, nil, nil, types.NewTuple(params...), plain.Results(), plain.Variadic())
	c.queue = append(c.queue, func() {
		g := c.newFn(c.anyPackage(fn), nil, fn.Name(), nil)
		g.Func = f
		g.forward(fn.Pos(), full, t, fn)
	})
	return f
}

// anyPackage gives a package for code that stands in none.
func (c *Compiler) anyPackage(fn *types.Func) *Package {
	if fn.Pkg() != nil {
		if p := c.packages[fn.Pkg().Path()]; p != nil {
			return p
		}
	}
	return &Package{Types: fn.Pkg(), Info: &types.Info{}}
}

// exposedFunc makes a func value of a method that compiled code can call.
func (c *Compiler) exposedFunc(code *vm.Func, t reflect.Type, receive vm.Receive) reflect.Value {
	key := exposure{code, receive}
	if f, ok := c.exposures[key]; ok {
		return f
	}
	cl := &vm.Closure{Fn: code, Code: c.Code, Receive: receive}
	p := rtype.NewFuncMaker(rtype.Of(t)).Make(unsafe.Pointer(cl))
	c.exposures[key] = rtype.ValueAt(rtype.Of(t), unsafe.Pointer(&p))
	return c.exposures[key]
}

// An exposure is a way in which compiled code calls a method. Those of a type and
// of the pointer to it may be the same.
type exposure struct {
	code    *vm.Func
	receive vm.Receive
}

// withFirst gives a func type with one more parameter in front.
func withFirst(first, t reflect.Type) reflect.Type {
	in, out := []reflect.Type{first}, []reflect.Type(nil)
	for i := range t.NumIn() {
		in = append(in, t.In(i))
	}
	for i := range t.NumOut() {
		out = append(out, t.Out(i))
	}
	return reflect.FuncOf(in, out, t.IsVariadic())
}
