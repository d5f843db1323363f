package compile

import (
	"go/ast"
	"go/types"

	"github.com/farside-go/farside/interp/internal/compile/escape"
	"github.com/farside-go/farside/interp/internal/compile/frame"
	"github.com/farside-go/farside/interp/internal/ops/call"
	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/typemap"
	"github.com/farside-go/farside/interp/internal/vm"
)

// A fn is a function while it is compiled.
type fn struct {
	*frame.Builder
	c     *Compiler
	pkg   *Package
	env   *typemap.Env
	name  string
	outer *fn // of a function literal
	facts *escape.Facts
	sig   *types.Signature // as declared
	lits  int              // function literals so far

	vars     map[*types.Var]*variable
	captured []*variable // of the outer function, in the order of Func.Env
	results  []*variable // where results are kept, named or not
	returns  []types.Type

	done   map[ast.Expr]uintptr    // what was evaluated before its turn
	effect map[ast.Expr]bool       // what has something in it that runs first
	made   map[ast.Expr]types.Type // of expressions that are not in the source
	scopes []*target               // what break and continue mean
	labels map[types.Object]*move.Label
	body   *rangeBody // the innermost range over a function that we are in
}

// A variable is where a variable of the source is: in the frame, or where a
// pointer in the frame points to.
type variable struct {
	off   uintptr
	t     *rtype.Type
	boxed bool
}

func (c *Compiler) newFn(pkg *Package, env *typemap.Env, name string, decl *ast.FuncDecl) *fn {
	f := &fn{
		c: c, pkg: pkg, env: env, name: name, facts: c.factsOf(pkg, decl),
		vars: make(map[*types.Var]*variable), done: make(map[ast.Expr]uintptr), effect: make(map[ast.Expr]bool),
		made: make(map[ast.Expr]types.Type), labels: make(map[types.Object]*move.Label),
	}
	f.Builder = frame.New(&vm.Func{Name: name})
	return f
}

// typeOf gives an expression's type, without type parameters.
func (f *fn) typeOf(e ast.Expr) types.Type {
	if tv, ok := f.pkg.Info.Types[e]; ok {
		return f.env.Subst(tv.Type)
	}
	if t, ok := f.made[e]; ok {
		return f.env.Subst(t)
	}
	if id, ok := e.(*ast.Ident); ok {
		if o := f.pkg.Info.ObjectOf(id); o != nil {
			return f.env.Subst(o.Type())
		}
	}
	fail(e.Pos(), "no type of %T", e)
	return nil
}

func (f *fn) rt(t types.Type) *rtype.Type       { return f.c.Types.Type(t) }
func (f *fn) rtOf(e ast.Expr) *rtype.Type       { return f.rt(f.typeOf(e)) }
func (f *fn) declared(v types.Type) *rtype.Type { return f.rt(f.env.Subst(v)) }

// endStatement gives back the room that the statement used.
func (f *fn) endStatement() {
	f.Release()
	clear(f.done)
}

// keep makes what is in use now stay in use: a statement goes on around others.
// The result gives it back.
func (f *fn) keep() func() {
	back, done := f.SetAside(), f.done
	f.done = make(map[ast.Expr]uintptr)
	return func() {
		back()
		f.done = done
	}
}

// callOp is a call of a function that is known.
func callOp(fn *vm.Func, args, results []vm.Slot) vm.Op {
	return call.Do(call.Static(fn, args), results)
}
