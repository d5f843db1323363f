package compile

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"

	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/typemap"
	"github.com/farside-go/farside/interp/internal/vm"
)

// funcOf gives the compiled form of a function or method, for these type
// arguments (of the receiver's type, if it is a method). Its code is compiled
// later, so that it can call itself.
func (c *Compiler) funcOf(fn *types.Func, args []types.Type) *vm.Func {
	fn = fn.Origin()
	key := c.instanceKey(fn, args)
	if f := c.funcs[key]; f != nil {
		return f
	}
	d := c.declOf(fn)
	f := &vm.Func{Name: c.funcName(fn, args)}
	c.funcs[key] = f
	sig := fn.Type().(*types.Signature)
	env := c.envOf(sig, args, d)
	full := env.Subst(types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())).(*types.Signature)
	f.Type = rtype.Of(c.Types.Func(full))
	c.queue = append(c.queue, func() {
		if d.node.Body == nil {
			fail(d.node.Pos(), "%s has no body: functions in assembly cannot be used in interpreted source; build the program instead", fn.Name())
		}
		g := c.newFn(d.pkg, env, fn.Name(), d.node)
		g.Func = f
		g.declaration(d.node)
	})
	return f
}

// instanceKey tells instances apart.
func (c *Compiler) instanceKey(fn *types.Func, args []types.Type) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d", c.id(fn))
	for _, arg := range args {
		b.WriteByte(',')
		fmt.Fprintf(&b, "%p", c.Types.Type(arg))
	}
	return b.String()
}

// declOf finds a function's declaration. Functions of compiled packages that
// come here are generic: they are found in the syntax that we have of them.
func (c *Compiler) declOf(fn *types.Func) *decl {
	if d := c.decls[fn]; d != nil {
		return d
	}
	if c.packages[fn.Pkg().Path()] != nil {
		fail(fn.Pos(), "%s has no declaration", fn.FullName())
	}
	pkg := c.genericPackage(token.NoPos, fn.Pkg().Path())
	own := pkg.Types.Scope().Lookup(fn.Name())
	if recv := fn.Type().(*types.Signature).Recv(); recv != nil {
		own = methodIn(pkg, recv.Type(), fn.Name())
	}
	if f, ok := own.(*types.Func); ok && c.decls[f] != nil {
		return c.decls[f]
	}
	fail(token.NoPos, "%s cannot be used in interpreted source: its code is not here; build the program instead", fn.FullName())
	return nil
}

// methodIn finds a method in the syntax that we have of a compiled package.
func methodIn(pkg *Package, recv types.Type, name string) types.Object {
	if p, ok := types.Unalias(recv).(*types.Pointer); ok {
		recv = p.Elem()
	}
	n, ok := types.Unalias(recv).(*types.Named)
	if !ok {
		return nil
	}
	own, ok := pkg.Types.Scope().Lookup(n.Obj().Name()).(*types.TypeName)
	if !ok {
		return nil
	}
	m, _, _ := types.LookupFieldOrMethod(types.NewPointer(own.Type()), true, pkg.Types, name)
	return m
}

// envOf says what the type parameters of a declaration stand for. Where the
// declaration is our syntax of a compiled package, its own parameters do.
func (c *Compiler) envOf(sig *types.Signature, args []types.Type, d *decl) *typemap.Env {
	if len(args) == 0 {
		return nil
	}
	var params []*types.TypeParam
	add := func(list *types.TypeParamList) {
		for i := range list.Len() {
			params = append(params, list.At(i))
		}
	}
	add(sig.TypeParams())
	add(sig.RecvTypeParams())
	both := append([]types.Type(nil), args...)
	if own, ok := d.pkg.Info.Defs[d.node.Name].(*types.Func); ok && own.Type() != sig {
		own := own.Type().(*types.Signature)
		add(own.TypeParams())
		add(own.RecvTypeParams())
		both = append(both, args...)
	}
	env := &typemap.Env{Params: params, Args: both, From: d.node.Pos(), To: d.node.End(), Suffix: c.Types.Args(args)}
	return env.Make(c.ctx)
}

// funcName is a function's name as stack traces have it.
func (c *Compiler) funcName(fn *types.Func, args []types.Type) string {
	name := fn.Name()
	if recv := fn.Type().(*types.Signature).Recv(); recv != nil {
		t := types.TypeString(recv.Type(), func(*types.Package) string { return "" })
		if i := strings.IndexByte(t, '['); i >= 0 {
			t = t[:i] + "[...]"
		}
		if strings.HasPrefix(t, "*") {
			t = "(" + t + ")"
		}
		name = t + "." + name
	} else if len(args) > 0 {
		name += "[...]"
	}
	if fn.Pkg() == nil {
		return name
	}
	return fn.Pkg().Path() + "." + name
}
