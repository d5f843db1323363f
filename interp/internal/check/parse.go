package check

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// Parse parses a file as Check wants it. The error is an [ErrorList].
func Parse(fset *token.FileSet, name string, text []byte) (*ast.File, error) {
	file, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution|parser.ParseComments|parser.AllErrors)
	if err != nil {
		return nil, SyntaxErrors(text, err)
	}
	return file, nil
}

// SyntaxErrors gives an error of go/parser as the compiler says it, given the text
// that was parsed. Of the errors in grammar there is only the first: what
// go/parser finds behind it is mostly wrong.
func SyntaxErrors(text []byte, err error) error {
	var found scanner.ErrorList
	if !errors.As(err, &found) {
		return err
	}
	var list ErrorList
	var broken *scanner.Error
	for _, e := range found {
		s := syntaxError{text: text, at: e.Pos, msg: e.Msg}
		switch {
		case s.lexical():
			list = append(list, Error{s.at.Filename, s.at.Line, s.at.Column, s.msg})
		case broken == nil, broken.Pos == e.Pos && strings.HasPrefix(e.Msg, "expected operand"):
			broken = e
		}
	}
	if broken != nil && !list.explains(broken.Pos) {
		s := syntaxError{text: text, at: broken.Pos, msg: broken.Msg}
		s.grammar()
		list = append(list, Error{s.at.Filename, s.at.Line, s.at.Column, s.msg})
	}
	return list.sorted()
}

// explains reports whether an error in grammar follows from one of a token in the
// same line.
func (l ErrorList) explains(at token.Position) bool {
	return slices.ContainsFunc(l, func(e Error) bool { return e.File == at.Filename && e.Line == at.Line })
}
