package interp

import (
	"cmp"
	"errors"
	"go/token"
	"slices"
	"strings"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/form"
	"github.com/farside-go/farside/interp/internal/check"
	"github.com/farside-go/farside/interp/internal/compile"
)

// compileError is the Fault of a source that cannot be compiled, for a reason
// that has no position.
func compileError(name, text string) *channel.Fault {
	return &channel.Fault{Name: "compile", Text: name + ": " + text, File: name}
}

// faultAt is the Fault of a source that cannot be compiled because of what
// stands at pos.
func faultAt(fset *token.FileSet, pos token.Pos, text string) *channel.Fault {
	return compileErrors([]message{{fset.Position(pos), text}})
}

// straySyntax is the Fault of a closing bracket that would close what is around
// the source.
func straySyntax(name, text string, offset int) *channel.Fault {
	line, column, words := form.StraySyntax(text, offset)
	return compileErrors([]message{{token.Position{Filename: name, Line: line, Column: column}, words}})
}

// A message is one error in a source.
type message struct {
	pos  token.Position
	text string
}

// compileErrors makes one Fault of several errors, one a line, in the order of
// the source. The same error may come twice, from the two copies that bare
// statements are compiled from.
func compileErrors(messages []message) *channel.Fault {
	slices.SortStableFunc(messages, func(a, b message) int {
		return cmp.Or(cmp.Compare(a.pos.Filename, b.pos.Filename),
			cmp.Compare(a.pos.Line, b.pos.Line), cmp.Compare(a.pos.Column, b.pos.Column))
	})
	messages = slices.Compact(messages)
	first := messages[0].pos
	var lines []string
	for _, m := range messages {
		line := m.text
		if m.pos.IsValid() {
			line = m.pos.String() + ": " + m.text
		}
		lines = append(lines, line)
	}
	return &channel.Fault{Name: "compile", Text: strings.Join(lines, "\n"),
		File: first.Filename, Line: first.Line, Column: first.Column}
}

// compileFault makes a Fault of an error of the checker, which has those of the
// parser, or of the compiler.
func compileFault(fset *token.FileSet, err error) *channel.Fault {
	var wrong check.ErrorList
	var refused *compile.Error
	var messages []message
	switch {
	case errors.As(err, &wrong):
		for _, e := range wrong {
			messages = append(messages, message{token.Position{Filename: e.File, Line: e.Line, Column: e.Column}, e.Msg})
		}
	case errors.As(err, &refused):
		messages = append(messages, message{fset.Position(refused.Pos), refused.Msg})
	default:
		messages = append(messages, message{text: err.Error()})
	}
	return compileErrors(messages)
}
