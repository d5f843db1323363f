package farmain

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/farside-go/farside/internal/form"
)

// An edit puts something in the place of what stands between two offsets.
type edit struct {
	start, end int
	with       string
}

// Edits are what becomes of a text whose parser was given no other before it.
type edits struct {
	text string
	list []edit
}

// put replaces what stands between two positions.
func (e *edits) put(start, end token.Pos, with string) {
	e.list = append(e.list, edit{int(start) - 1, int(end) - 1, with})
}

// String is the text with all edits.
func (e *edits) String() string {
	list := slices.Clone(e.list)
	slices.SortStableFunc(list, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
	var b strings.Builder
	at := 0
	for _, edit := range list {
		b.WriteString(e.text[at:edit.start] + edit.with)
		at = edit.end
	}
	return b.String() + e.text[at:]
}

// replace puts another name in the place of one.
func (t *text) replace(id *ast.Ident, with string) {
	t.put(id.Pos(), id.End(), with+t.directive(id.End()))
}

// directive makes what follows it have the position that pos has.
func (t *text) directive(pos token.Pos) string {
	at := t.fset.Position(pos)
	return fmt.Sprintf("/*line %s:%d:%d*/", plain(t.name), at.Line, at.Column)
}

// WithoutMain gives the text of a file of a package main in which no function is called
// main any more, so that another may be. Nothing moves.
func WithoutMain(source string, file *ast.File) string {
	e := edits{text: source, list: renameMain(file)}
	for i := range e.list {
		e.list[i].start -= int(file.FileStart) - 1
		e.list[i].end -= int(file.FileStart) - 1
	}
	return e.String()
}

// renameMain gives the function main of a file, and what calls it, another name.
func renameMain(file *ast.File) (list []edit) {
	rename := func(id *ast.Ident) {
		if id.Name == "main" {
			list = append(list, edit{int(id.Pos()) - 1, int(id.End()) - 1, "_ain"})
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Obj != nil && id.Obj.Kind == ast.Fun {
			rename(id)
		}
		return true
	})
	for _, id := range file.Unresolved { // it may be declared in another file
		rename(id)
	}
	return list
}

// An Error is what is wrong with a text that the compiler would not find, or not say in
// the text's own terms.
type Error struct {
	Position token.Position // without a line if it is nowhere in particular
	Text     string
	NoFar    bool // there is no far function to run
}

func (e *Error) Error() string {
	if e.Position.Line == 0 {
		return e.Position.Filename + ": " + e.Text
	}
	return e.Position.String() + ": " + e.Text
}

func (t *text) errorAt(pos token.Pos, text string) *Error {
	return &Error{Position: t.fset.Position(pos), Text: text}
}

func (t *text) problem(p *form.Problem) *Error {
	e := &Error{token.Position{Filename: t.name}, p.Text, true}
	if p.Pos.IsValid() {
		e.Position = t.fset.Position(p.Pos)
	}
	return e
}

// stray is the Error of a closing bracket that would close what is around the text.
func stray(name, text string, offset int) *Error {
	line, column, words := form.StraySyntax(text, offset)
	return &Error{Position: token.Position{Filename: name, Line: line, Column: column}, Text: words}
}
