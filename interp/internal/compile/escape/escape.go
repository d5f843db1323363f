// Package escape finds which variables of a function must live on the heap, because
// a closure captures them or their address is taken.
package escape

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Facts are what has to be known of a function before its code is written.
type Facts struct {
	Boxed  map[*types.Var]bool // variables that live on the heap
	Defers map[ast.Node]bool   // functions with a defer statement
}

// Of looks at a declaration with all function literals in it, or at nothing.
func Of(info *types.Info, decl *ast.FuncDecl) *Facts {
	a := &Facts{Boxed: make(map[*types.Var]bool), Defers: make(map[ast.Node]bool)}
	if decl != nil {
		w := &walker{a: a, info: info, owner: make(map[*types.Var]ast.Node)}
		w.function(decl, decl.Recv, decl.Type, decl.Body)
	}
	return a
}

// Add looks at an expression outside of functions.
func (a *Facts) Add(info *types.Info, e ast.Expr) {
	w := &walker{a: a, info: info, owner: make(map[*types.Var]ast.Node)}
	w.walk(e, nil)
}

// A walker finds which function each variable belongs to, and who uses it from
// another one or takes its address.
type walker struct {
	a     *Facts
	info  *types.Info
	owner map[*types.Var]ast.Node
}

func (w *walker) function(node ast.Node, recv *ast.FieldList, t *ast.FuncType, body *ast.BlockStmt) {
	for _, list := range []*ast.FieldList{recv, t.Params, t.Results} {
		if list == nil {
			continue
		}
		for _, field := range list.List {
			for _, name := range field.Names {
				if v, ok := w.info.Defs[name].(*types.Var); ok {
					w.owner[v] = node
				}
			}
		}
	}
	if body != nil {
		w.walk(body, node)
	}
}

func (w *walker) walk(n ast.Node, in ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			w.function(n, nil, n.Type, n.Body)
			return false
		case *ast.DeferStmt:
			w.a.Defers[in] = true
		case *ast.Ident:
			w.ident(n, in)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				w.address(n.X)
			}
		case *ast.SliceExpr:
			if _, ok := w.info.TypeOf(n.X).Underlying().(*types.Array); ok {
				w.address(n.X)
			}
		case *ast.SelectorExpr:
			w.selector(n)
		case *ast.CaseClause:
			if v, ok := w.info.Implicits[n].(*types.Var); ok {
				w.owner[v] = in
			}
		}
		return true
	})
}

// ident notes where a variable is declared, and that it is used elsewhere.
func (w *walker) ident(id *ast.Ident, in ast.Node) {
	if v, ok := w.info.Defs[id].(*types.Var); ok && !v.IsField() {
		w.owner[v] = in
		return
	}
	if v, ok := w.info.Uses[id].(*types.Var); ok && !v.IsField() {
		if owner, local := w.owner[v]; local && owner != in {
			w.a.Boxed[v] = true
		}
	}
}

// address notes that the address of a variable is taken, or of a part of it.
func (w *walker) address(e ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v, ok := w.info.ObjectOf(e).(*types.Var); ok {
			w.a.Boxed[v] = true
		}
	case *ast.SelectorExpr:
		if sel := w.info.Selections[e]; sel != nil && sel.Kind() == types.FieldVal && !isPointer(w.info.TypeOf(e.X)) {
			w.address(e.X)
		}
	case *ast.IndexExpr:
		if _, ok := w.info.TypeOf(e.X).Underlying().(*types.Array); ok {
			w.address(e.X)
		}
	}
}

// selector notes that a method with a pointer receiver is called on a variable.
func (w *walker) selector(e *ast.SelectorExpr) {
	sel := w.info.Selections[e]
	if sel == nil || sel.Kind() != types.MethodVal || isPointer(sel.Recv()) {
		return
	}
	f, ok := sel.Obj().(*types.Func)
	if !ok || f.Type().(*types.Signature).Recv() == nil {
		return
	}
	if isPointer(f.Type().(*types.Signature).Recv().Type()) {
		w.address(e.X)
	}
}

func isPointer(t types.Type) bool {
	_, ok := types.Unalias(t).Underlying().(*types.Pointer)
	return ok
}
