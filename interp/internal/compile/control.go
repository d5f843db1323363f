package compile

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"reflect"

	"github.com/farside-go/farside/interp/internal/compile/frame"
	"github.com/farside-go/farside/interp/internal/ops/basic"
	"github.com/farside-go/farside/interp/internal/ops/composite"
	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
)

// A target is a statement that break and continue can refer to.
type target struct {
	label    types.Object
	end      *move.Label // nil for a case of a switch
	next     *move.Label // of a loop; of a case, where fallthrough goes
	body     *rangeBody  // the body of a range over a function that it stands in
	iterates *rangeBody  // the body that a range over a function runs, if it is one
}

// enter begins a statement that can be left; the result ends it.
func (f *fn) enter(t *target) func() {
	t.body = f.body
	f.scopes = append(f.scopes, t)
	return func() { f.scopes = f.scopes[:len(f.scopes)-1] }
}

func (f *fn) labeled(s *ast.LabeledStmt) {
	o := f.pkg.Info.Defs[s.Label]
	f.Mark(f.labelOf(o))
	f.stmt(s.Stmt, o)
}

func (f *fn) labelOf(o types.Object) *move.Label {
	l := f.labels[o]
	if l == nil {
		l = &move.Label{}
		f.labels[o] = l
	}
	return l
}

func (f *fn) branch(s *ast.BranchStmt) {
	var label types.Object
	if s.Label != nil {
		label = f.pkg.Info.Uses[s.Label]
	}
	switch s.Tok {
	case token.GOTO:
		if f.body != nil && (label.Pos() < f.body.from || label.Pos() >= f.body.to) {
			f.leaveBody(leaveGoto, &leaving{label: f.labelOf(label), at: label.Pos()})
			return
		}
		f.Emit(move.JumpBack(f.labelOf(label)))
	case token.FALLTHROUGH:
		f.Emit(move.Jump(f.scopes[len(f.scopes)-1].next))
	default:
		f.leave(s.Tok == token.CONTINUE, label)
	}
}

// leave compiles break and continue.
func (f *fn) leave(next bool, label types.Object) {
	for i := len(f.scopes) - 1; i >= 0; i-- {
		t := f.scopes[i]
		if t.end == nil || label != nil && t.label != label || next && t.next == nil {
			continue
		}
		f.jumpOut(t, next)
		return
	}
}

// jumpOut goes to the end of a statement around us, or to its next round.
func (f *fn) jumpOut(t *target, next bool) {
	if t.iterates != nil && t.iterates == f.body {
		f.endBody(!next)
		return
	}
	if t.body != f.body {
		l := t.end
		if next {
			l = t.next
		}
		f.leaveBody(leaveGoto, &leaving{label: l, target: t, next: next})
		return
	}
	if next {
		f.Emit(move.Jump(t.next))
	} else {
		f.Emit(move.Jump(t.end))
	}
}

func (f *fn) ifStmt(s *ast.IfStmt) {
	var otherwise, end move.Label
	if s.Init != nil {
		f.stmt(s.Init, nil)
	}
	f.At(s.Cond.Pos())
	f.jumpUnless(s.Cond, &otherwise)
	f.endStatement()
	f.blockBody(s.Body.List)
	if s.Else == nil {
		f.Mark(&otherwise)
		return
	}
	f.Emit(move.Jump(&end))
	f.Mark(&otherwise)
	f.stmt(s.Else, nil)
	f.Mark(&end)
}

func (f *fn) forStmt(s *ast.ForStmt, label types.Object) {
	if s.Init != nil {
		f.stmt(s.Init, nil)
	}
	var cond, next, end move.Label
	done := f.enter(&target{label: label, end: &end, next: &next})
	start := move.Label{}
	if s.Cond != nil {
		f.Emit(move.Jump(&cond))
	}
	f.Mark(&start)
	f.blockBody(s.Body.List)
	f.Mark(&next)
	f.freshLoopVars(s.Init)
	if s.Post != nil {
		f.stmt(s.Post, nil)
	}
	f.Mark(&cond)
	if s.Cond != nil {
		f.At(s.Cond.Pos())
		f.jumpWhile(s.Cond, &start, &end)
	} else {
		f.Emit(move.JumpBack(&start))
	}
	f.Mark(&end)
	done()
}

// jumpWhile goes back to start while a condition holds.
func (f *fn) jumpWhile(cond ast.Expr, start, end *move.Label) {
	if b, ok := ast.Unparen(cond).(*ast.BinaryExpr); ok && isComparison(b.Op) && f.loops(b) {
		x, y, t := f.operands(b)
		f.Emit(basic.LoopWhen(b.Op, t, x, y, start))
		f.endStatement()
		return
	}
	f.jumpUnless(cond, end)
	f.endStatement()
	f.Emit(move.JumpBack(start))
}

// loops reports whether there is one instruction for a loop with this condition.
func (f *fn) loops(b *ast.BinaryExpr) bool {
	if f.pkg.Info.Types[b].Value != nil {
		return false
	}
	t := f.typeOf(b.X)
	return types.Identical(t, f.typeOf(b.Y)) && basic.LoopWhen(b.Op, f.rt(t), 0, 0, nil) != nil
}

func isComparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

// freshLoopVars gives each round of a loop variables of its own, where it could
// be noticed: on the heap.
func (f *fn) freshLoopVars(init ast.Stmt) {
	a, ok := init.(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE {
		return
	}
	for _, x := range a.Lhs {
		v, _ := f.pkg.Info.Defs[x.(*ast.Ident)].(*types.Var)
		own := f.vars[v]
		if v == nil || own == nil || !own.boxed || own.t.Size() > largest {
			continue
		}
		old := f.Load(own.place(), nil)
		f.Emit(move.New(own.t, own.off))
		f.Store(own.place(), old)
		f.endStatement()
	}
}

func (f *fn) switchStmt(s *ast.SwitchStmt, label types.Object) {
	if s.Init != nil {
		f.stmt(s.Init, nil)
	}
	var end move.Label
	done := f.enter(&target{label: label, end: &end})
	f.At(s.Pos())
	var tag uintptr
	var tagType types.Type
	if s.Tag != nil {
		tagType = types.Default(f.typeOf(s.Tag))
		tag = f.Slot(f.rt(tagType))
		f.valueAs(s.Tag, tagType, &tag)
		f.endStatement()
	}
	bodies := make([]*move.Label, len(s.Body.List)+1)
	for i := range bodies {
		bodies[i] = &move.Label{}
	}
	fallback := &end
	for i, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		if clause.List == nil {
			fallback = bodies[i]
		}
		for _, e := range clause.List {
			f.At(e.Pos())
			f.caseJump(s.Tag, tag, tagType, e, bodies[i])
			f.endStatement()
		}
	}
	f.Emit(move.Jump(fallback))
	for i, c := range s.Body.List {
		f.Mark(bodies[i])
		leave := f.enter(&target{next: bodies[i+1]})
		f.blockBody(c.(*ast.CaseClause).Body)
		leave()
		f.Emit(move.Jump(&end))
	}
	f.Mark(bodies[len(bodies)-1])
	f.Mark(&end)
	done()
}

// caseJump jumps to the body of a case if it is chosen.
func (f *fn) caseJump(tagExpr ast.Expr, tag uintptr, tagType types.Type, e ast.Expr, body *move.Label) {
	if tagExpr == nil {
		v, t := f.value(e, nil), f.typeOf(e)
		if isInterface(t) { // which may hold true, or something else
			yes := f.toInterface(f.Constant(constant.MakeBool(true), boolType), types.Typ[types.Bool], t, nil)
			c := f.Temp(boolType)
			f.Emit(basic.Compare(token.EQL, f.rt(t), c, yes, v))
			v = c
		}
		f.Emit(move.JumpIf(true, v, body))
		return
	}
	t, want := f.typeOf(e), tagType
	c := f.Temp(boolType)
	switch {
	case isInterface(t) && !isInterface(tagType):
		want = t
		x := f.toInterface(tag, tagType, want, nil)
		f.Emit(basic.Compare(token.EQL, f.rt(want), c, x, f.value(e, nil)))
	default:
		f.Emit(basic.Compare(token.EQL, f.rt(want), c, tag, f.valueAs(e, want, nil)))
	}
	f.Emit(move.JumpIf(true, c, body))
}

func (f *fn) typeSwitch(s *ast.TypeSwitchStmt, label types.Object) {
	if s.Init != nil {
		f.stmt(s.Init, nil)
	}
	var x ast.Expr
	switch a := s.Assign.(type) {
	case *ast.ExprStmt:
		x = a.X
	case *ast.AssignStmt:
		x = a.Rhs[0]
	}
	x = ast.Unparen(x).(*ast.TypeAssertExpr).X
	from := f.typeOf(x)
	v := f.Slot(f.rt(from))
	f.value(x, &v)
	f.endStatement()
	var end move.Label
	done := f.enter(&target{label: label, end: &end})
	var fallback *ast.CaseClause
	for _, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		if clause.List == nil {
			fallback = clause
			continue
		}
		var body, next move.Label
		for _, e := range clause.List {
			f.At(e.Pos())
			f.typeCase(clause, e, v, from, &body)
		}
		f.Emit(move.Jump(&next))
		f.Mark(&body)
		f.caseBody(clause, v, from)
		f.Emit(move.Jump(&end))
		f.Mark(&next)
	}
	if fallback != nil {
		f.caseBody(fallback, v, from)
	}
	f.Mark(&end)
	done()
}

// typeCase jumps to the body of a case if v is of its type. With only one type
// the variable of the clause has it.
func (f *fn) typeCase(clause *ast.CaseClause, e ast.Expr, v uintptr, from types.Type, body *move.Label) {
	ok := f.Temp(boolType)
	t := f.typeOf(e)
	switch {
	case isNil(t) || f.pkg.Info.Types[e].IsNil():
		f.Emit(composite.Is(nil, f.rt(from), ok, v))
	case isInterface(t):
		f.assert(v, from, t, nil, &ok)
	default:
		f.Emit(composite.Is(f.rt(t), f.rt(from), ok, v))
	}
	f.Emit(move.JumpIf(true, ok, body))
	f.endStatement()
}

// caseBody compiles the statements of a clause, with its variable.
func (f *fn) caseBody(clause *ast.CaseClause, v uintptr, from types.Type) {
	if o, ok := f.pkg.Info.Implicits[clause].(*types.Var); ok {
		t := f.env.Subst(o.Type())
		value := v
		if !types.Identical(t, from) && !f.pkg.Info.Types[clause.List[0]].IsNil() {
			value = f.assert(v, from, t, nil, nil)
		}
		f.Store(f.declareVar(o), value)
		f.endStatement()
	}
	f.blockBody(clause.Body)
}

func (f *fn) selectStmt(s *ast.SelectStmt, label types.Object) {
	var end move.Label
	done := f.enter(&target{label: label, end: &end})
	cases := make([]composite.Case, len(s.Body.List))
	for i, c := range s.Body.List {
		clause := c.(*ast.CommClause)
		cases[i] = f.selectCase(clause.Comm)
		cases[i].To = &move.Label{}
	}
	f.At(s.Pos())
	f.Emit(composite.Select(cases))
	temps := f.keep()
	for i, c := range s.Body.List {
		clause := c.(*ast.CommClause)
		f.Mark(cases[i].To)
		f.selected(clause.Comm, &cases[i])
		f.blockBody(clause.Body)
		f.Emit(move.Jump(&end))
	}
	temps()
	f.endStatement()
	f.Mark(&end)
	done()
}

// selectCase evaluates the operands of a case.
func (f *fn) selectCase(comm ast.Stmt) composite.Case {
	switch s := comm.(type) {
	case nil:
		return composite.Case{Dir: reflect.SelectDefault}
	case *ast.SendStmt:
		t := f.typeOf(s.Chan)
		c := f.copied(f.value(s.Chan, nil), f.rt(t))
		elem := coreType(t).(*types.Chan).Elem()
		v := f.copied(f.valueAs(s.Value, elem, nil), f.rt(elem))
		return composite.Case{Dir: reflect.SelectSend, Chan: f.rt(t), C: c, V: v}
	}
	e := receiveOf(comm)
	t := f.typeOf(e.X)
	d, ok := f.Temp(f.rt(coreType(t).(*types.Chan).Elem())), f.Temp(boolType)
	return composite.Case{Dir: reflect.SelectRecv, Chan: f.rt(t), C: f.copied(f.value(e.X, nil), f.rt(t)), D: &d, OK: &ok}
}

// copied gives a copy that lasts until the statement ends.
func (f *fn) copied(off uintptr, t *rtype.Type) uintptr {
	d := f.Temp(t)
	return f.Moved(t, off, &d)
}

func receiveOf(comm ast.Stmt) *ast.UnaryExpr {
	switch s := comm.(type) {
	case *ast.ExprStmt:
		return ast.Unparen(s.X).(*ast.UnaryExpr)
	case *ast.AssignStmt:
		return ast.Unparen(s.Rhs[0]).(*ast.UnaryExpr)
	}
	return nil
}

// selected assigns what a case received.
func (f *fn) selected(comm ast.Stmt, c *composite.Case) {
	s, ok := comm.(*ast.AssignStmt)
	if !ok {
		return
	}
	define := s.Tok == token.DEFINE
	elem := coreType(f.typeOf(receiveOf(comm).X)).(*types.Chan).Elem()
	from, values := []types.Type{elem, types.Typ[types.Bool]}, []uintptr{*c.D, *c.OK}
	for i, x := range s.Lhs {
		if p := f.assignable(x, define); p.Kind != frame.Nowhere {
			f.Store(p, f.converted(values[i], from[i], f.assignedType(x, from[i]), nil))
		}
	}
	f.endStatement()
}
