package compile

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/farside-go/farside/interp/internal/compile/frame"
	"github.com/farside-go/farside/interp/internal/ops/basic"
	"github.com/farside-go/farside/interp/internal/ops/call"
	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// A rangeBody is the body of a range over a function. It runs when the iterator
// calls its yield function, in the frame of the function that it stands in, so
// that it has all its variables; break, return and their like end the call of
// yield, and are carried out when the iterator has returned.
type rangeBody struct {
	outer    *rangeBody
	from, to token.Pos
	state    uintptr // place of an int: what is to be done when the iterator has returned
	exits    []*leaving
}

// A leaving is a way out of a rangeBody.
type leaving struct {
	how    leavingKind
	label  *move.Label
	target *target
	next   bool
	at     token.Pos // of a label that goto goes to
}

type leavingKind int

const (
	leaveReturn leavingKind = iota
	leaveGoto
)

// What the state of a body holds: it runs on, it has ended, or one of its exits.
const (
	bodyReady = iota
	bodyRunning
	bodyDone
	firstExit
)

func (f *fn) rangeFunc(s *ast.RangeStmt, label types.Object) {
	f.Func.Shared = true
	sig := coreType(f.typeOf(s.X)).(*types.Signature)
	yield := coreType(sig.Params().At(0).Type()).(*types.Signature)
	iter := f.copied(f.value(s.X, nil), f.rtOf(s.X))
	body := &rangeBody{outer: f.body, from: s.Body.Pos(), to: s.Body.End(), state: f.Temp(frame.IntType)}
	f.Moved(frame.IntType, f.Integer(bodyReady), &body.state)
	var params []vm.Slot
	for i := range yield.Params().Len() {
		t := f.rt(yield.Params().At(i).Type())
		params = append(params, vm.Slot{Off: f.Temp(t), Type: t})
	}
	result := f.Temp(boolType)
	fn := f.Temp(frame.PointerType)
	start, after := &move.Label{}, &move.Label{}
	t := f.rt(yield)
	f.Emit(call.Yield(rtype.NewFuncMaker(t), fn, start, params, result, body.state))
	f.At(s.X.Pos())
	f.Emit(call.Do(call.Dynamic(f.rt(sig), iter, []vm.Slot{{Off: fn, Type: t}}), nil))
	f.Emit(move.Jump(after))
	r := &ranging{s: s}
	f.hold(r)

	f.Mark(start)
	f.body = body
	done := f.enter(&target{label: label, end: &r.end, next: &r.next, iterates: body})
	for i, x := range []ast.Expr{s.Key, s.Value} {
		if x != nil {
			f.setVar(r, x, params[i].Off, yield.Params().At(i).Type())
		}
	}
	f.blockBody(s.Body.List)
	f.endBody(false)
	done()
	f.body = body.outer

	f.Mark(after)
	f.Emit(call.EndRange(body.state))
	f.carryOut(body)
	f.Mark(&r.end)
	f.unhold(r)
}

// endBody ends one call of yield: the loop goes on, or is left.
func (f *fn) endBody(leave bool) {
	state := bodyReady
	if leave {
		state = bodyDone
	}
	f.Moved(frame.IntType, f.Integer(state), &f.body.state)
	f.Emit(move.Return())
}

// leaveBody ends the call of yield and notes what is to follow.
func (f *fn) leaveBody(how leavingKind, l *leaving) {
	if l == nil {
		l = &leaving{}
	}
	l.how = how
	b := f.body
	f.Moved(frame.IntType, f.Integer(firstExit+len(b.exits)), &b.state)
	b.exits = append(b.exits, l)
	f.Emit(move.Return())
}

// carryOut does what the body was left for, when the iterator has returned.
func (f *fn) carryOut(b *rangeBody) {
	for i, l := range b.exits {
		var skip move.Label
		f.Emit(basic.JumpUnless(token.EQL, frame.IntType, b.state, f.Integer(firstExit+i), &skip))
		switch {
		case l.how == leaveReturn:
			f.endReturn()
		case l.target != nil:
			f.jumpOut(l.target, l.next)
		case f.body != nil && (l.at < f.body.from || l.at >= f.body.to):
			f.leaveBody(leaveGoto, l)
		default:
			f.Emit(move.Jump(l.label))
		}
		f.Mark(&skip)
	}
}
