package farmain

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"

	"github.com/farside-go/farside/internal/form"
)

// A Program is the main package that a text stands for.
type Program struct {
	Main  bool              // it is a whole program: there is nothing around it
	Files map[string]string // by name, without folder
}

// The files of a package main that was made of a text.
const (
	textFile    = "farside_text.go"
	wrapperFile = "farside_main.go"
)

// FromText makes a package main of a text. name is what it is called in positions, far
// the far function asked for. The error is an *Error; what the compiler will find is
// left to it.
func FromText(name, text, far string) (*Program, error) {
	shape := form.Recognise(text, far)
	if shape.Stray >= 0 && shape.Kind == form.Statements {
		return nil, stray(name, text, shape.Stray)
	}
	t := newText(name, text, shape)
	p := &Program{Main: shape.Kind == form.Main, Files: map[string]string{}}
	if t.file == nil { // the compiler says what is wrong with it
		p.Files[textFile] = t.String()
		return p, nil
	}
	wrapper, err := t.wrap(far)
	if err != nil {
		return nil, err
	}
	t.addImports()
	p.Files[textFile] = t.String()
	if wrapper != "" {
		p.Files[wrapperFile] = wrapper
	}
	return p, nil
}

// A text is on its way to the file of a package main.
type text struct {
	name  string
	shape *form.Shape
	fset  *token.FileSet
	file  *ast.File // nil if it cannot be parsed
	edits
}

// newText composes the file that the text stands for, in the language version that all
// source has, whatever the module is in which it is built.
func newText(name, source string, shape *form.Shape) *text {
	t := &text{name: name, shape: shape, fset: token.NewFileSet()}
	if shape.Clause {
		source = "/*line " + plain(name) + ":1:1*/" + withoutConstraints(source)
	}
	t.text = "//go:build go1.26\n\n" + shape.Compose(name, source)
	file, err := parser.ParseFile(t.fset, "", t.text, parser.ParseComments)
	if err == nil {
		t.file = file
	}
	return t
}

// plain is a name as a line directive can hold it.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return '_'
		}
		return r
	}, strings.ReplaceAll(name, "*/", "*_"))
}

// withoutConstraints blanks the build constraints of a source. It is asked for by name,
// as is a file that is named to the go command.
func withoutConstraints(source string) string {
	out := []byte(source)
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.PackageClauseOnly|parser.ParseComments)
	if err != nil {
		return source
	}
	for _, group := range file.Comments {
		for _, c := range group.List {
			if c.Pos() < file.Package && (strings.HasPrefix(c.Text, "//go:build ") || strings.HasPrefix(c.Text, "// +build ")) {
				start := int(c.Pos()) - int(file.FileStart)
				copy(out[start:], strings.Repeat(" ", len(c.Text)))
			}
		}
	}
	return string(out)
}

// wrap makes a package main of the file, and gives the file to put beside it.
func (t *text) wrap(far string) (wrapper string, err error) {
	t.replace(t.file.Name, "main")
	switch t.shape.Kind {
	case form.Main:
		return "", nil
	case form.File:
		f, problem := form.Far([]*ast.File{t.file}, far)
		if problem != nil {
			return "", t.problem(problem)
		}
		t.edits.list = append(t.edits.list, renameMain(t.file)...)
		return Inside(f.Name.Name), nil
	}
	if err := t.statements(); err != nil {
		return "", err
	}
	return statements(filepath.Base(t.name), t.declared()), nil
}

// statements makes a function of our own of the function main that Compose put around
// bare statements, and has it hand over what they return.
func (t *text) statements() error {
	var main *ast.FuncDecl
	for _, decl := range t.file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Recv != nil || f.Name.Name != "main" {
			continue
		}
		if main != nil {
			return t.errorAt(main.Name.Pos(), "main redeclared in this block")
		}
		main = f
	}
	t.replace(main.Name, statementsFun)
	return t.returns(main.Body)
}

// returns makes `return v` hand over what it returns, but not in function literals.
func (t *text) returns(body *ast.BlockStmt) (err error) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if len(n.Results) > 2 && err == nil {
				err = t.errorAt(n.Pos(), "too many return values: a source returns a value, an error, or both")
			}
			if len(n.Results) > 0 {
				keyword := n.Pos() + token.Pos(len("return"))
				t.put(n.Pos(), keyword, "{"+returnName+"("+t.directive(keyword))
				t.put(n.End(), n.End(), ");return}"+t.directive(n.End()))
			}
		}
		return true
	})
	return err
}

// declared gives the names that the text declares outside of its statements.
func (t *text) declared() map[string]bool {
	names := map[string]bool{}
	for name := range t.file.Scope.Objects {
		names[name] = true
	}
	for _, spec := range t.file.Imports {
		if spec.Name != nil || form.ImportPath(spec) != channelPath { // that is called otherwise
			names[importedAs(spec)] = true
		}
	}
	return names
}
