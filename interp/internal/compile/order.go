package compile

import (
	"go/ast"
	"go/token"
	"go/types"
)

// hasEffect reports whether something in an expression runs before the plain
// reads of the statement: a call, a receive, what the Go compiler orders alike.
func (f *fn) hasEffect(e ast.Expr) bool {
	e = ast.Unparen(e)
	if known, ok := f.effect[e]; ok {
		return known
	}
	result := f.findEffect(e)
	f.effect[e] = result
	return result
}

func (f *fn) findEffect(e ast.Expr) bool {
	if tv, ok := f.pkg.Info.Types[e]; ok && (tv.Value != nil || tv.IsType()) {
		return false
	}
	switch e := e.(type) {
	case *ast.CallExpr:
		return f.runsFirst(e) || f.anyEffect(e.Args...)
	case *ast.UnaryExpr:
		return e.Op == token.ARROW || f.hasEffect(e.X)
	case *ast.BinaryExpr:
		return f.anyEffect(e.X, e.Y)
	case *ast.SelectorExpr:
		return f.hasEffect(e.X)
	case *ast.IndexExpr:
		return f.anyEffect(e.X, e.Index)
	case *ast.SliceExpr:
		return true
	case *ast.StarExpr:
		return f.hasEffect(e.X)
	case *ast.TypeAssertExpr:
		return true
	case *ast.CompositeLit:
		return f.anyEffect(f.values(e)...)
	}
	return false
}

func (f *fn) anyEffect(list ...ast.Expr) bool {
	for _, e := range list {
		if e != nil && f.hasEffect(e) {
			return true
		}
	}
	return false
}

// runsFirst reports whether a call is one that runs before plain reads, and not
// a conversion or a function like len.
func (f *fn) runsFirst(e *ast.CallExpr) bool {
	tv := f.pkg.Info.Types[e.Fun]
	if tv.IsType() {
		return false
	}
	if !tv.IsBuiltin() {
		return true
	}
	switch f.builtinName(e.Fun) {
	case "len", "cap", "real", "imag", "complex", "new", "make":
		return false
	}
	return true
}

// hoist evaluates what runs first in several expressions, in their order. What
// is left of them can be evaluated in any order then.
func (f *fn) hoist(list ...ast.Expr) {
	if len(list) < 2 || !f.anyEffect(list...) {
		return
	}
	for _, e := range list {
		if e != nil {
			f.hoistIn(e)
		}
	}
}

func (f *fn) hoistIn(e ast.Expr) {
	e = ast.Unparen(e)
	if tv := f.pkg.Info.Types[e]; tv.Value != nil || tv.IsType() {
		return
	}
	if _, done := f.done[e]; done {
		return
	}
	switch e := e.(type) {
	case *ast.CallExpr:
		if f.pkg.Info.Types[e.Fun].IsType() {
			f.hoistAll(e.Args...)
			return
		}
	case *ast.UnaryExpr:
		if e.Op != token.ARROW {
			f.hoistIn(e.X)
			return
		}
	case *ast.BinaryExpr:
		if e.Op != token.LAND && e.Op != token.LOR {
			f.hoistAll(e.X, e.Y)
			return
		}
	case *ast.SelectorExpr:
		f.hoistIn(e.X)
		return
	case *ast.IndexExpr:
		f.hoistAll(e.X, e.Index)
		return
	case *ast.SliceExpr:
	case *ast.StarExpr:
		f.hoistIn(e.X)
		return
	case *ast.CompositeLit:
		f.hoistAll(f.values(e)...)
		return
	case *ast.TypeAssertExpr:
	default:
		return
	}
	f.hoistValue(e)
}

// hoistConverted evaluates in its turn what becomes an interface that points to
// a copy, if something else runs in between.
func (f *fn) hoistConverted(e ast.Expr, want types.Type) {
	t := f.typeOf(e)
	if !isInterface(want) || isNil(t) || isInterface(t) {
		return
	}
	switch coreType(t).(type) {
	case *types.Struct, *types.Array:
		f.hoistValue(ast.Unparen(e))
	}
}

// hoistValue evaluates an expression before its turn.
func (f *fn) hoistValue(e ast.Expr) {
	if call, ok := e.(*ast.CallExpr); ok {
		if t, ok := f.pkg.Info.Types[call].Type.(*types.Tuple); ok && t.Len() != 1 {
			return // stands alone
		}
	}
	d := f.Temp(f.rtOf(e))
	f.value(e, &d)
	f.done[e] = d
}

func (f *fn) hoistAll(list ...ast.Expr) {
	for _, e := range list {
		if e != nil {
			f.hoistIn(e)
		}
	}
}
