package wording

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"
	"strings"
)

// An Error is one objection to a source. Msg may have several lines.
type Error struct {
	File         string
	Line, Column int
	Msg          string
}

func (e Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Msg)
}

// At gives the error for a position.
func At(fset *token.FileSet, pos token.Pos, msg string) Error {
	at := fset.Position(pos)
	return Error{at.Filename, at.Line, at.Column, msg}
}

// An ErrorList is all objections to a source, in the order of their positions.
type ErrorList []Error

// shown is how many errors the text of a list has, as with the compiler.
const shown = 10

// Error gives the list as the compiler prints it: one error a line, and no more
// than ten. The list itself has them all.
func (l ErrorList) Error() string {
	var b strings.Builder
	for i, e := range l {
		if i == shown {
			b.WriteString("\ntoo many errors")
			break
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(e.Error())
	}
	return b.String()
}

// Unwrap makes each error of the list visible to errors.As.
func (l ErrorList) Unwrap() []error {
	list := make([]error, len(l))
	for i, e := range l {
		list[i] = e
	}
	return list
}

// Sorted gives the list in the order of positions. An error that is there twice
// is shown once.
func (l ErrorList) Sorted() ErrorList {
	slices.SortStableFunc(l, func(a, b Error) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return slices.Compact(l)
}
