package interp

import (
	"go/ast"
	"go/parser"
	"go/token"
)

// A unit is one file on its way from text to a compiled program.
type unit struct {
	name string // the file name in positions
	text string
	form form
	file *ast.File
	far  *ast.FuncDecl // the far function, for formFile

	uses uses // the symbols that it selects from each package

	// Of a session: names that are not packages although they look so, and the
	// packages that were imported before.
	locals   map[string]bool
	imported map[string]string
}

// prepare parses a text into a file whose AST is complete: it has its imports,
// and calls for what it returns. far is the far function asked for.
func prepare(fset *token.FileSet, name, text, far string, world *world) (*unit, error) {
	s := recognise(text, far)
	if s.stray >= 0 && s.form == formStatements {
		return nil, straySyntax(name, text, s.stray)
	}
	u := &unit{name: name, text: text, form: s.form}
	if err := u.parse(fset, compose(name, text, s), s.clause); err != nil {
		return nil, err
	}
	if u.form == formFile {
		if err := u.findFar(fset, far); err != nil {
			return nil, err
		}
	}
	return u, u.complete(fset, world)
}

// parse reads the composed text. With a package clause of its own, the text has
// no directive, and its positions take the name from the parser.
func (u *unit) parse(fset *token.FileSet, text string, clause bool) (err error) {
	name := innerBase
	if clause {
		name = innerName(u.name)
	}
	u.file, err = parser.ParseFile(fset, name, text, parser.ParseComments)
	if err != nil {
		return u.syntaxFault(err)
	}
	u.file.Name.Name = "main"
	return nil
}

// complete turns the AST into one that yaegi can compile and that does what the
// source means. The order matters: what is added is not looked at again.
func (u *unit) complete(fset *token.FileSet, world *world) error {
	hideFields(u.file)
	if u.form == formStatements {
		if err := u.returnResults(fset, mainBody(u.file)); err != nil {
			return err
		}
	}
	if err := u.resolve(fset, world); err != nil {
		return err
	}
	plainCalls(u.file, u.importName(channelPath), u.form == formStatements)
	if _, ok := u.uses["log"]; ok {
		divertFatal(u.file, nil)
	}
	if u.form == formFile {
		u.callFar()
	}
	guardStarts(u.file)
	u.importHost(predeclaredPath)
	return nil
}

// mainBody is the body of the function main of a file.
func mainBody(file *ast.File) *ast.BlockStmt {
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "main" {
			return f.Body
		}
	}
	return nil
}

// hostCall is a call of one of this package's functions from a program.
func hostCall(pos token.Pos, name string, args ...ast.Expr) *ast.CallExpr {
	return &ast.CallExpr{
		Fun:    &ast.SelectorExpr{X: &ast.Ident{NamePos: pos, Name: hostName}, Sel: &ast.Ident{NamePos: pos, Name: name}},
		Lparen: pos, Args: args, Rparen: pos,
	}
}
