package wording

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A placing says where the compiler puts an error that go/types puts elsewhere:
// the trees of the two are not alike. It gives NoPos if it does not apply.
type placing struct {
	text string // is part of the message; with ^, its beginning
	at   func(files []*ast.File, pos token.Pos, msg string) token.Pos
}

var placings = []placing{
	{"not enough arguments in call to", lastArgument},
	{"not enough arguments for", startOfCall},
	{"too many arguments for", startOfCall},
	{"missing argument in conversion", startOfCall},
	{"cannot use ... ", startOfCall},
	{", cannot infer ", parenthesis},
	{"^cannot infer ", instantiation},
	{" does not satisfy ", parenthesis},
	{") does not satisfy ", instantiation}, // of an inferred argument
	{" does not satisfy ", funcType},
	{"cannot index ", indexed},
	{"invalid use of [...] array", startOfArray},
	{"cannot send to ", startOfSend},
	{"invalid map key type", funcType},
	{"invalid constant type", funcType},
	{" (type) is not an expression", funcType},
	{" in type switch", funcType},
	{"previous case", funcType},
	{"previous case", parenthesis},
	{"select case must be", operator},
}

// place gives the position that the compiler has for a message.
func (c *speller) place(pos token.Pos, msg string) token.Pos {
	for _, p := range placings {
		if strings.Contains("^"+msg, p.text) {
			if at := p.at(c.files, pos, msg); at.IsValid() {
				return at
			}
		}
	}
	return pos
}

// callEnding gives the call that has its closing parenthesis or its dots at pos.
func callEnding(files []*ast.File, pos token.Pos) (*ast.CallExpr, bool) {
	return innermost(files, pos, func(call *ast.CallExpr) bool { return call.Rparen == pos || call.Ellipsis == pos })
}

func startOfCall(files []*ast.File, pos token.Pos, _ string) token.Pos {
	if call, ok := callEnding(files, pos); ok {
		return call.Pos()
	}
	return token.NoPos
}

func lastArgument(files []*ast.File, pos token.Pos, _ string) token.Pos {
	call, ok := callEnding(files, pos)
	switch {
	case !ok:
		return token.NoPos
	case len(call.Args) == 0:
		return call.Pos()
	}
	return call.Args[len(call.Args)-1].Pos()
}

// parenthesis gives that of the first call that begins at pos.
func parenthesis(files []*ast.File, pos token.Pos, _ string) token.Pos {
	call, ok := innermost(files, pos, func(call *ast.CallExpr) bool { return call.Pos() == pos })
	if !ok {
		return token.NoPos
	}
	return call.Lparen
}

// instantiation gives the bracket of an index expression that begins at pos.
func instantiation(files []*ast.File, pos token.Pos, _ string) token.Pos {
	x, ok := innermost(files, pos, func(x *ast.IndexExpr) bool { return x.Pos() == pos })
	if !ok {
		return token.NoPos
	}
	return x.Lbrack
}

// indexed gives the bracket behind what cannot be indexed.
func indexed(files []*ast.File, pos token.Pos, msg string) token.Pos {
	_, what, _ := strings.Cut(msg, "cannot index ")
	x, ok := innermost(files, pos, func(x *ast.IndexExpr) bool {
		return x.Pos() == pos && strings.HasPrefix(what, types.ExprString(x.X)+" (")
	})
	if !ok {
		return token.NoPos
	}
	return x.Lbrack
}

func startOfArray(files []*ast.File, pos token.Pos, _ string) token.Pos {
	array, ok := innermost(files, pos, func(a *ast.ArrayType) bool { return a.Len != nil && a.Len.Pos() == pos })
	if !ok {
		return token.NoPos
	}
	return array.Pos()
}

func startOfSend(files []*ast.File, pos token.Pos, _ string) token.Pos {
	send, ok := innermost(files, pos, func(s *ast.SendStmt) bool { return s.Arrow == pos })
	if !ok {
		return token.NoPos
	}
	return send.Pos()
}

// funcType: a function type begins behind the keyword.
func funcType(files []*ast.File, pos token.Pos, _ string) token.Pos {
	f, ok := innermost(files, pos, func(f *ast.FuncType) bool { return f.Func == pos })
	if !ok {
		return token.NoPos
	}
	return f.Params.Opening
}

func operator(files []*ast.File, pos token.Pos, _ string) token.Pos {
	stmt, ok := innermost(files, pos, func(s *ast.ExprStmt) bool { return s.Pos() == pos })
	if !ok {
		return token.NoPos
	}
	if x, ok := stmt.X.(*ast.BinaryExpr); ok {
		return x.OpPos
	}
	return token.NoPos
}
