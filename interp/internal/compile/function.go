package compile

import (
	"fmt"
	"go/ast"
	"go/types"

	"github.com/farside-go/farside/interp/internal/compile/frame"
	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// litName names a function literal as stack traces do.
func (f *fn) litName() string {
	outer := f.Func.Name
	if f.outer != nil {
		return fmt.Sprintf("%s.%d", outer, f.count())
	}
	return fmt.Sprintf("%s.func%d", outer, f.count())
}

func (f *fn) count() int {
	f.lits++
	return f.lits
}

// declaration compiles a declared function or method.
func (f *fn) declaration(d *ast.FuncDecl) {
	f.functionIn(d, d.Recv, d.Type, d.Body)
}

// functionIn compiles the body of node, a declaration or a literal.
func (f *fn) functionIn(node ast.Node, recv *ast.FieldList, t *ast.FuncType, body *ast.BlockStmt) {
	f.Func.Defers = f.facts.Defers[node]
	f.At(body.Pos())
	for _, field := range fields(recv, t.Params) {
		f.param(field)
	}
	named := false
	for _, field := range fields(t.Results) {
		named = f.result(field) || named
	}
	f.blockBody(body.List)
	f.At(body.Rbrace)
	if named && len(f.results) > 0 || len(f.results) == 0 {
		f.endReturn()
	}
	f.Finish(f.c.Code)
}

// A param is one name of a field list, or a field without names.
type param struct {
	name  *ast.Ident // nil if it has none
	field *ast.Field
}

func fields(lists ...*ast.FieldList) (out []param) {
	for _, list := range lists {
		if list == nil {
			continue
		}
		for _, field := range list.List {
			if len(field.Names) == 0 {
				out = append(out, param{nil, field})
			}
			for _, name := range field.Names {
				out = append(out, param{name, field})
			}
		}
	}
	return out
}

// paramType is a parameter's type; that of a variadic one is a slice.
func (f *fn) paramType(p param) types.Type {
	if p.name != nil {
		if v, ok := f.pkg.Info.Defs[p.name].(*types.Var); ok {
			return f.env.Subst(v.Type())
		}
	}
	if e, ok := p.field.Type.(*ast.Ellipsis); ok {
		return types.NewSlice(f.typeOf(e.Elt))
	}
	return f.typeOf(p.field.Type)
}

func (f *fn) param(p param) {
	t := f.rt(f.paramType(p))
	s := vm.Slot{Off: f.Slot(t), Type: t}
	f.Func.Params = append(f.Func.Params, s)
	if p.name == nil || p.name.Name == "_" {
		return
	}
	v, _ := f.pkg.Info.Defs[p.name].(*types.Var)
	f.vars[v] = &variable{off: s.Off, t: t}
	if f.facts.Boxed[v] {
		f.vars[v] = f.box(t)
		f.Emit(move.New(t, f.vars[v].off))
		f.Emit(move.Store(t, f.vars[v].off, 0, s.Off))
	}
}

func (f *fn) box(t *rtype.Type) *variable {
	return &variable{off: f.Slot(frame.PointerType), t: t, boxed: true}
}

// result makes the variable of a result. It reports whether it has a name.
func (f *fn) result(p param) bool {
	t := f.rt(f.paramType(p))
	s := vm.Slot{Off: f.Slot(t), Type: t}
	f.Func.Results = append(f.Func.Results, s)
	f.Emit(move.Zero(t, s.Off))
	r := &variable{off: s.Off, t: t}
	f.results = append(f.results, r)
	f.returns = append(f.returns, f.paramType(p))
	if p.name == nil {
		return false
	}
	v, _ := f.pkg.Info.Defs[p.name].(*types.Var)
	if v == nil || p.name.Name == "_" {
		return true
	}
	if f.facts.Boxed[v] {
		*r = *f.box(t)
		f.Emit(move.New(t, r.off))
	}
	f.vars[v] = r
	return true
}

// endReturn returns what is in the result variables. Those on the heap are
// copied into the frame: at once, or after what was deferred could change them.
func (f *fn) endReturn() {
	var copies []vm.Op
	for i, r := range f.results {
		if r.boxed {
			s := f.Func.Results[i]
			copies = append(copies, move.Load(s.Type, s.Off, r.off, 0))
		}
	}
	if !f.Func.Defers {
		for _, op := range copies {
			f.Emit(op)
		}
	} else if len(copies) > 0 && f.Func.Final == nil {
		f.Func.Final = func(fr *vm.Frame) {
			for _, op := range copies {
				op(fr)
			}
		}
	}
	if f.body != nil {
		f.leaveBody(leaveReturn, nil)
		return
	}
	f.Emit(move.Return())
}

// declare makes a local variable, without a value.
func (f *fn) declare(id *ast.Ident) frame.Place {
	v, ok := f.pkg.Info.Defs[id].(*types.Var)
	if !ok || id.Name == "_" {
		return frame.Place{Kind: frame.Nowhere}
	}
	return f.declareVar(v)
}

const largest = 4096 // of what lies in a frame, in bytes

func (f *fn) declareVar(v *types.Var) frame.Place {
	if f.c.isGlobal(v) { // of a session
		return f.lookup(v.Pos(), v).place()
	}
	t := f.declared(v.Type())
	own := f.vars[v]
	if own == nil || own.t != t {
		if f.facts.Boxed[v] || t.Size() > largest {
			own = f.box(t)
		} else {
			own = &variable{off: f.Slot(t), t: t}
		}
		f.vars[v] = own
	}
	if own.boxed {
		f.Emit(move.New(t, own.off))
	}
	return own.place()
}

// clear makes a variable that was just declared zero.
func (f *fn) clear(p frame.Place) {
	switch {
	case p.Kind == frame.InFrame:
		f.Emit(move.Zero(p.Type, p.Off))
	case p.Kind == frame.Pointed:
		f.Store(p, f.Zero(p.Type))
	}
}

// capture gives a variable of the function around us.
func (f *fn) capture(v *types.Var, outer *variable) *variable {
	own := f.box(outer.t)
	f.Func.Env = append(f.Func.Env, vm.Slot{Off: own.off, Type: frame.PointerType})
	f.captured = append(f.captured, outer)
	f.vars[v] = own
	return own
}

// resultType is the type of a result.
func (f *fn) resultType(i int) types.Type { return f.returns[i] }
