package interp

import (
	"go/ast"
	"go/token"
)

// Positions parses a source as a run does and gives the positions of all that
// came from it, or the error.
func Positions(name, text, far string) ([]token.Position, error) {
	fset := token.NewFileSet()
	u := &unit{name: name, text: text}
	s := recognise(text, far)
	u.form = s.form
	if s.stray >= 0 && s.form == formStatements {
		return nil, straySyntax(name, text, s.stray)
	}
	if err := u.parse(fset, compose(name, text, s), s.clause); err != nil {
		return nil, err
	}
	var out []token.Position
	ast.Inspect(u.file, func(n ast.Node) bool {
		if n != nil && n.Pos().IsValid() {
			if pos := fset.Position(n.Pos()); pos.Filename == name {
				out = append(out, pos)
			}
		}
		return true
	})
	return out, nil
}

// Forms gives the form of a text by name, and the text that is compiled for it.
func Forms(text string) (string, string) {
	s := recognise(text, "")
	return [...]string{"statements", "file", "main"}[s.form], compose("f.go", text, s)
}

// FarsideSymbols are what a worker's programs have beside the standard library.
var FarsideSymbols = farsideSymbols
