package interp

import (
	"go/ast"
	"go/token"

	"github.com/farside-go/farside/internal/form"
)

// Positions parses a source as a run does and gives the positions of all that
// came from it, or the error.
func Positions(name, text, far string) ([]token.Position, error) {
	fset := token.NewFileSet()
	u := &unit{name: name, text: text}
	s := form.Recognise(text, far)
	u.form = s.Kind
	if s.Stray >= 0 && s.Kind == form.Statements {
		return nil, straySyntax(name, text, s.Stray)
	}
	if err := u.parse(fset, s); err != nil {
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

// FarsideSymbols are what a worker's programs have beside the standard library.
var FarsideSymbols = farsideSymbols
