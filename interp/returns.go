package interp

import (
	"go/ast"
	"go/token"
)

// returnResults makes the return statements of bare statements hand over what
// they return: the function that the statements are in has no results, so that
// it may also end without a return.
func (u *unit) returnResults(fset *token.FileSet, body *ast.BlockStmt) error {
	r := &returns{}
	for i, s := range body.List {
		body.List[i] = r.stmt(s)
	}
	if r.bad != nil {
		return faultAt(fset, r.bad.Pos(), "too many return values: a source returns a value, an error, or both")
	}
	return nil
}

// returns rewrites the return statements of one function body, but not those of
// function literals in it.
type returns struct {
	bad *ast.ReturnStmt
}

func (r *returns) list(stmts []ast.Stmt) {
	for i, s := range stmts {
		stmts[i] = r.stmt(s)
	}
}

func (r *returns) stmt(s ast.Stmt) ast.Stmt {
	switch s := s.(type) {
	case *ast.ReturnStmt:
		return r.ret(s)
	case *ast.BlockStmt:
		r.list(s.List)
	case *ast.IfStmt:
		r.list(s.Body.List)
		if s.Else != nil {
			s.Else = r.stmt(s.Else)
		}
	case *ast.ForStmt:
		r.list(s.Body.List)
	case *ast.RangeStmt:
		r.list(s.Body.List)
	case *ast.SwitchStmt:
		r.list(s.Body.List)
	case *ast.TypeSwitchStmt:
		r.list(s.Body.List)
	case *ast.SelectStmt:
		r.list(s.Body.List)
	case *ast.CaseClause:
		r.list(s.Body)
	case *ast.CommClause:
		r.list(s.Body)
	case *ast.LabeledStmt:
		s.Stmt = r.stmt(s.Stmt)
	}
	return s
}

// ret turns `return v` into `{ _return_(v); return }`.
func (r *returns) ret(s *ast.ReturnStmt) ast.Stmt {
	if len(s.Results) == 0 {
		return s
	}
	if len(s.Results) > 2 && r.bad == nil {
		r.bad = s
	}
	return &ast.BlockStmt{
		Lbrace: s.Pos(),
		List: []ast.Stmt{
			&ast.ExprStmt{X: &ast.CallExpr{
				Fun: &ast.Ident{NamePos: s.Pos(), Name: returnName}, Lparen: s.Pos(), Args: s.Results, Rparen: s.End(),
			}},
			&ast.ReturnStmt{Return: s.Pos()},
		},
		Rbrace: s.End(),
	}
}

// returnName is the function that takes what bare statements return.
const returnName = "_return_"

// firstReturn finds a return statement that is in no function literal.
func firstReturn(body *ast.BlockStmt) (found *ast.ReturnStmt) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if found == nil {
				found = n
			}
		}
		return found == nil
	})
	return found
}
