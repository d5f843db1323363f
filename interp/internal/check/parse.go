package check

import (
	"go/ast"
	"go/parser"
	"go/token"

	"github.com/farside-go/farside/interp/internal/check/wording"
)

// Parse parses a file as Check wants it. The error is an [ErrorList].
func Parse(fset *token.FileSet, name string, text []byte) (*ast.File, error) {
	file, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution|parser.ParseComments|parser.AllErrors)
	if err != nil {
		return nil, SyntaxErrors(text, err)
	}
	return file, nil
}

// SyntaxErrors gives an error of go/parser as an [ErrorList], given the text that
// was parsed. Of the errors in grammar there is only the first: what go/parser
// finds behind it is mostly wrong.
func SyntaxErrors(text []byte, err error) error { return wording.Syntax(text, err) }
