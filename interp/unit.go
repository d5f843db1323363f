package interp

import (
	"go/ast"
	"go/parser"
	"go/token"

	"github.com/farside-go/farside/interp/internal/form"
)

// A unit is one file on its way from text to a compiled program.
type unit struct {
	name string // the file name in positions
	text string
	form form.Kind
	file *ast.File
	far  *ast.FuncDecl // the far function, for formFile

	imports imports

	locals map[string]bool // of a session: names that are not packages although they look so
}

// channelAlias is the package channel where the variable channel hides it.
const channelAlias = "_channel_"

// prepare parses a text into a file that can be checked. far is the far function
// asked for.
func prepare(fset *token.FileSet, name, text, far string, world *world) (*unit, error) {
	s := form.Recognise(text, far)
	if s.Stray >= 0 && s.Kind == form.Statements {
		return nil, straySyntax(name, text, s.Stray)
	}
	u := &unit{name: name, text: text, form: s.Kind}
	if err := u.parse(fset, s.Compose(name, text), s.Clause); err != nil {
		return nil, err
	}
	switch u.form {
	case form.File:
		if err := u.findFar(fset, far); err != nil {
			return nil, err
		}
	case form.Statements:
		if err := u.returnResults(fset, u.body()); err != nil {
			return nil, err
		}
	}
	return u, u.resolve(fset, world)
}

// parse reads the composed text. With a package clause of its own, the text has
// no directive, and its positions take the name from the parser.
func (u *unit) parse(fset *token.FileSet, text string, clause bool) (err error) {
	name := ""
	if clause {
		name = u.name
	}
	u.file, err = parser.ParseFile(fset, name, text, parser.ParseComments)
	if err != nil {
		return u.syntaxFault(err)
	}
	u.file.Name.Name = "main"
	return nil
}

// body is what the function main does: for bare statements, they.
func (u *unit) body() *ast.BlockStmt { return mainDecl(u.file).Body }

// mainDecl finds the function main of a file.
func mainDecl(file *ast.File) *ast.FuncDecl {
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "main" {
			return f
		}
	}
	return nil
}
