package wording

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A branchWord is what the compiler says about a label or a branch, given what
// go/types says. The compiler finds these errors while it parses, so they are
// worded apart. An empty text means that the compiler says nothing.
type branchWord struct {
	pattern pattern
	text    func(c *speller, pos token.Pos, name string) string
}

var branchWords = []branchWord{
	{compiled(`^label (\S+) declared and not used$`), (*speller).unusedLabel},
	{compiled(`^label (\S+) not declared$`), constantly("label %s not defined")},
	{compiled(`^label (\S+) already declared$`), constantly("label %s already defined at ")},
	{compiled(`^goto (\S+) jumps into block$`), (*speller).intoBlock},
	{compiled(`^goto (\S+) jumps over variable declaration`), (*speller).overDeclaration},
	{compiled(`^invalid (?:break|continue) label (\S+)$`), (*speller).invalidLabel},
	{compiled(`^(break) not in for, switch, or select statement$`), constantly("%s is not in a loop, switch, or select")},
	{compiled(`^(continue) not in for statement$`), constantly("%s is not in a loop")},
}

func constantly(format string) func(*speller, token.Pos, string) string {
	return func(_ *speller, _ token.Pos, name string) string { return fmt.Sprintf(format, name) }
}

// branchText gives the compiler's text for an error about a branch; ok is false
// if the error is about something else.
func (c *speller) branchText(found types.Error) (text string, ok bool) {
	for _, w := range branchWords {
		if m := w.pattern().FindStringSubmatch(found.Msg); m != nil {
			return w.text(c, found.Pos, m[1]), true
		}
	}
	return "", false
}

// body gives the body of the innermost function around pos: what labels are
// known in.
func (c *speller) body(pos token.Pos) *ast.BlockStmt {
	var body *ast.BlockStmt
	innermost(c.files, pos, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			body = n.Body
		case *ast.FuncLit:
			body = n.Body
		}
		return false
	})
	return body
}

func (c *speller) label(pos token.Pos, name string) *ast.LabeledStmt {
	for _, l := range all[*ast.LabeledStmt](c.body(pos)) {
		if l.Label.Name == name {
			return l
		}
	}
	return nil
}

// unusedLabel: a label that is used in a wrong way is used, unless it is only
// declared later.
func (c *speller) unusedLabel(pos token.Pos, name string) string {
	for _, branch := range all[*ast.BranchStmt](c.body(pos)) {
		if branch.Label != nil && branch.Label.Name == name && (branch.Tok == token.GOTO || branch.Pos() > pos) {
			return ""
		}
	}
	return fmt.Sprintf("label %s defined and not used", name)
}

func (c *speller) invalidLabel(pos token.Pos, name string) string {
	branch, ok := innermost(c.files, pos, func(*ast.BranchStmt) bool { return true })
	word := "break"
	if ok {
		word = branch.Tok.String()
	}
	if label := c.label(pos, name); label == nil || label.Pos() > pos || name == "_" {
		return fmt.Sprintf("%s label not defined: %s", word, name)
	}
	return fmt.Sprintf("invalid %s label %s", word, name)
}

func (c *speller) intoBlock(pos token.Pos, name string) string {
	text := fmt.Sprintf("goto %s jumps into block", name)
	label := c.label(pos, name)
	if label == nil {
		return text
	}
	start, _ := c.block(label)
	return fmt.Sprintf("%s starting at %s", text, c.fset.Position(start))
}

// block gives the start of the block that a statement is in, and the statements
// of the block.
func (c *speller) block(stmt ast.Stmt) (start token.Pos, list []ast.Stmt) {
	innermost(c.files, stmt.Pos(), func(n ast.Node) bool {
		if n == stmt || n.End() < stmt.End() {
			return false
		}
		switch n := n.(type) {
		case *ast.BlockStmt:
			start, list = n.Lbrace, n.List
		case *ast.CaseClause:
			start, list = n.Case, n.Body
		case *ast.CommClause:
			start, list = n.Case, n.Body
		}
		return false
	})
	return start, list
}

func (c *speller) overDeclaration(pos token.Pos, name string) string {
	text := fmt.Sprintf("goto %s jumps over ", name)
	label := c.label(pos, name)
	if label == nil {
		return text + "variable declaration"
	}
	_, list := c.block(label)
	var variable string
	var at token.Pos
	for _, stmt := range list {
		if stmt.Pos() >= label.Pos() {
			break
		}
		if v, p := declaredBy(stmt); v != "" {
			variable, at = v, p
		}
	}
	return fmt.Sprintf("%sdeclaration of %s at %s", text, variable, c.fset.Position(at))
}

// declaredBy gives the variables that a statement declares, and where the
// compiler says that it does.
func declaredBy(stmt ast.Stmt) (variables string, at token.Pos) {
	switch s := stmt.(type) {
	case *ast.LabeledStmt:
		return declaredBy(s.Stmt)
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			names := make([]string, len(s.Lhs))
			for i, x := range s.Lhs {
				names[i] = types.ExprString(x)
			}
			return strings.Join(names, ", "), s.TokPos
		}
	case *ast.DeclStmt:
		if decl := s.Decl.(*ast.GenDecl); decl.Tok == token.VAR && len(decl.Specs) > 0 {
			name := decl.Specs[0].(*ast.ValueSpec).Names[0]
			return name.Name, name.Pos()
		}
	}
	return "", token.NoPos
}
