package compile

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/ops/call"
	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/typemap"
	"github.com/farside-go/farside/interp/internal/vm"
)

// A fn is a function while it is compiled.
type fn struct {
	c     *Compiler
	pkg   *Package
	env   *typemap.Env
	f     *vm.Func
	name  string
	outer *fn // of a function literal
	facts *analysis
	sig   *types.Signature // as declared
	lits  int              // function literals so far

	size      uintptr
	slots     []vm.Slot
	constants []vm.Constant
	constKeys map[string]uintptr
	vars      map[*types.Var]*variable
	captured  []*variable // of the outer function, in the order of f.Env
	results   []*variable // where results are kept, named or not
	returns   []types.Type

	pos    token.Pos
	free   map[*rtype.Type][]uintptr
	temps  []vm.Slot               // in use until the statement ends
	done   map[ast.Expr]uintptr    // what was evaluated before its turn
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

func (c *Compiler) newFn(pkg *Package, env *typemap.Env, name string, node ast.Node) *fn {
	f := &fn{
		c: c, pkg: pkg, env: env, name: name, f: &vm.Func{Name: name},
		constKeys: make(map[string]uintptr), vars: make(map[*types.Var]*variable),
		free: make(map[*rtype.Type][]uintptr), done: make(map[ast.Expr]uintptr), made: make(map[ast.Expr]types.Type),
		labels: make(map[types.Object]*move.Label),
	}
	f.facts = c.analyse(pkg, node)
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

// at sets the position of the instructions that follow.
func (f *fn) at(pos token.Pos) { f.pos = pos }

func (f *fn) emit(op vm.Op) {
	f.f.Code = append(f.f.Code, op)
	f.f.Pos = append(f.f.Pos, f.pos)
}

// mark sets a label to the next instruction.
func (f *fn) mark(l *move.Label) { l.PC = len(f.f.Code) }

// here gives a label for the next instruction.
func (f *fn) here() *move.Label { return &move.Label{PC: len(f.f.Code)} }

// place makes room in the frame.
func (f *fn) place(t *rtype.Type) uintptr {
	align := max(t.Align(), 1)
	if t.HasPointers() || t.Size() >= 8 {
		align = 8
	}
	f.size = (f.size + align - 1) &^ (align - 1)
	off := f.size
	f.size += max(t.Size(), 1)
	return off
}

// slot makes room for a variable.
func (f *fn) slot(t *rtype.Type) uintptr {
	off := f.place(t)
	f.slots = append(f.slots, vm.Slot{Off: off, Type: t})
	return off
}

// temp gives room until the statement ends.
func (f *fn) temp(t *rtype.Type) uintptr {
	off, ok := uintptr(0), false
	if list := f.free[t]; len(list) > 0 {
		off, ok = list[len(list)-1], true
		f.free[t] = list[:len(list)-1]
	}
	if !ok {
		off = f.slot(t)
	}
	f.temps = append(f.temps, vm.Slot{Off: off, Type: t})
	return off
}

// endStatement gives back the room that the statement used.
func (f *fn) endStatement() {
	for _, s := range f.temps {
		f.free[s.Type] = append(f.free[s.Type], s.Off)
	}
	f.temps = f.temps[:0]
	clear(f.done)
}

// releaseTo gives back the room that was taken since there were n temps.
func (f *fn) releaseTo(n int) {
	for _, s := range f.temps[n:] {
		f.free[s.Type] = append(f.free[s.Type], s.Off)
	}
	f.temps = f.temps[:n]
}

// keep makes what is in use now stay in use: a statement goes on around others.
// The result gives it back.
func (f *fn) keep() func() {
	temps, done := f.temps, f.done
	f.temps, f.done = nil, make(map[ast.Expr]uintptr)
	return func() {
		f.endStatement()
		f.temps, f.done = append(f.temps, temps...), done
	}
}

// dest gives the place for a result: the one that is wanted, or a new one.
func (f *fn) dest(d *uintptr, t *rtype.Type) uintptr {
	if d != nil {
		return *d
	}
	return f.temp(t)
}

// moved gives a value that is at off where it is wanted.
func (f *fn) moved(t *rtype.Type, off uintptr, d *uintptr) uintptr {
	if d == nil || *d == off {
		return off
	}
	f.emit(move.Copy(t, *d, off))
	return *d
}

// constantPlace gives the place of a value that is in the frame from the start.
func (f *fn) constantPlace(key string, t *rtype.Type, p unsafe.Pointer) uintptr {
	if off, ok := f.constKeys[key]; ok {
		return off
	}
	off := f.place(t)
	f.constants = append(f.constants, vm.Constant{Slot: vm.Slot{Off: off, Type: t}, Value: p})
	f.constKeys[key] = off
	return off
}

// pointer gives the place of a pointer to something that is always there.
func (f *fn) pointer(p unsafe.Pointer) uintptr {
	cell := new(unsafe.Pointer)
	*cell = p
	return f.constantPlace(fmt.Sprintf("&%p", p), rtype.For[unsafe.Pointer](), unsafe.Pointer(cell))
}

// globalPlace gives the place of a pointer to a package's variable.
func (f *fn) globalPlace(number int) uintptr {
	key := fmt.Sprintf("global:%d", number)
	if off, ok := f.constKeys[key]; ok {
		return off
	}
	off := f.place(pointerType)
	f.f.Globals = append(f.f.Globals, vm.Global{Off: off, Number: number})
	f.constKeys[key] = off
	return off
}

// integer gives the place of an int.
func (f *fn) integer(n int) uintptr {
	p := new(int)
	*p = n
	return f.constantPlace(fmt.Sprintf("int:%d", n), rtype.For[int](), unsafe.Pointer(p))
}

// zero gives the place of a zero value.
func (f *fn) zero(t *rtype.Type) uintptr {
	return f.constantPlace(fmt.Sprintf("zero:%p", t), t, rtype.New(t))
}

// constant gives the place of a constant of the source.
func (f *fn) constant(v constant.Value, t *rtype.Type) uintptr {
	key := fmt.Sprintf("%p:%d:%s", t, v.Kind(), v.ExactString())
	if off, ok := f.constKeys[key]; ok {
		return off
	}
	p := rtype.New(t)
	setConstant(t, p, v)
	return f.constantPlace(key, t, p)
}

// finish completes the function.
func (f *fn) finish() {
	f.emit(move.Return())
	f.c.Code.Finish(f.f, f.size, f.slots, f.constants)
}

// callOp is a call of a function that is known.
func callOp(fn *vm.Func, args, results []vm.Slot) vm.Op {
	return call.Do(call.Static(fn, args), results)
}
