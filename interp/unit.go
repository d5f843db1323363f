package interp

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/form"
	"github.com/farside-go/farside/interp/internal/check"
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
	if err := u.parse(fset, s); err != nil {
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

// parse parses the file that the text stands for.
func (u *unit) parse(fset *token.FileSet, s *form.Shape) (err error) {
	u.file, err = parser.ParseFile(fset, u.fileName(s), s.Compose(u.name, u.text), parser.ParseComments)
	if err != nil {
		return u.syntaxFault(s)
	}
	u.file.Name.Name = "main"
	return nil
}

// fileName is what the parser is to call the file. With a package clause of its own,
// the text has no directive that says it.
func (u *unit) fileName(s *form.Shape) string {
	if s.Clause {
		return u.name
	}
	return ""
}

// syntaxFault is the Fault of a text of that shape that cannot be parsed.
func (u *unit) syntaxFault(s *form.Shape) *channel.Fault {
	return compileFault(nil, check.SyntaxErrors(check.Source{
		Text: []byte(u.text),
		Bare: s.Kind == form.Statements,
		Parse: func(text []byte) error {
			file := s.Compose(u.name, string(text))
			_, err := parser.ParseFile(token.NewFileSet(), u.fileName(s), file, parser.AllErrors)
			var list scanner.ErrorList
			if errors.As(err, &list) {
				u.placeInText(s, file, list)
			}
			return err
		},
	}))
}

// placeInText gives errors in the file the offsets that they have in the text. One
// that is behind it, at the bracket that we put there, is at its end.
func (u *unit) placeInText(s *form.Shape, file string, list scanner.ErrorList) {
	line, column := strings.Count(u.text, "\n")+1, len(u.text)-strings.LastIndex(u.text, "\n")
	for _, e := range list {
		e.Pos.Offset = s.Offset(u.name, u.text, file, e.Pos.Offset)
		if e.Pos.Offset == len(u.text) {
			e.Pos.Line, e.Pos.Column = line, column
			e.Msg = strings.ReplaceAll(e.Msg, "found '}'", "found 'EOF'")
		}
	}
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
