package check

import (
	"go/ast"
	"go/parser"
	"go/token"

	"github.com/farside-go/farside/interp/internal/check/wording"
)

// Parse parses a file as Check wants it. The error is an [ErrorList].
func Parse(fset *token.FileSet, name, text string) (*ast.File, error) {
	const mode = parser.SkipObjectResolution | parser.ParseComments
	file, err := parser.ParseFile(fset, name, text, mode)
	if err == nil {
		return file, nil
	}
	return nil, wording.Syntax(wording.Source{Text: []byte(text), Parse: func(text []byte) error {
		_, err := parser.ParseFile(token.NewFileSet(), name, text, mode|parser.AllErrors)
		return err
	}})
}

// A Source is a text that go/parser does not take.
type Source = wording.Source

// SyntaxErrors gives what is wrong with a source as an [ErrorList].
func SyntaxErrors(src Source) error { return wording.Syntax(src) }
