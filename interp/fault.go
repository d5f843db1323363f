package interp

import (
	"cmp"
	"errors"
	"go/scanner"
	"go/token"
	"regexp"
	"slices"
	"strings"

	"github.com/farside-go/farside/channel"
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
	before := text[:offset]
	line := strings.Count(before, "\n") + 1
	column := offset - strings.LastIndex(before, "\n")
	return compileErrors([]message{{
		token.Position{Filename: name, Line: line, Column: column},
		"syntax error: unexpected " + text[offset:offset+1],
	}})
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
	for i := range messages {
		messages[i] = message{outerPosition(messages[i].pos), outerText(messages[i].text)}
	}
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

// compileFault makes a Fault of an error of the parser or of yaegi's compiler.
func compileFault(err error) *channel.Fault {
	var list scanner.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		var messages []message
		for _, e := range list {
			messages = append(messages, message{e.Pos, e.Msg})
		}
		return compileErrors(messages)
	}
	pos, text := splitPosition(err.Error())
	return compileErrors([]message{{pos, text}})
}

// syntaxFault is compileFault for errors of the parser. One that is behind the
// text, at the bracket that we put there, is at its end.
func (u *unit) syntaxFault(err error) *channel.Fault {
	var list scanner.ErrorList
	if !errors.As(err, &list) {
		return compileFault(err)
	}
	lines := strings.Count(u.text, "\n") + 1
	column := len(u.text) - strings.LastIndex(u.text, "\n")
	for _, e := range list {
		if e.Pos.Line > lines {
			e.Pos.Line, e.Pos.Column = lines, column
			e.Msg = strings.ReplaceAll(e.Msg, "found '}'", "found 'EOF'")
		}
	}
	return compileFault(list)
}

var positioned = regexp.MustCompile(`^(?s)(.+?):(\d+):(\d+): (.*)$`)

// splitPosition cuts the position off the front of an error's text. yaegi puts
// one before another where the error is in an imported package; the innermost
// one is where it is.
func splitPosition(text string) (pos token.Position, rest string) {
	for {
		m := positioned.FindStringSubmatch(text)
		if m == nil || pos.IsValid() && strings.Contains(m[1], " ") {
			return pos, text
		}
		pos, text = parsePosition(m[1]+":"+m[2]+":"+m[3]), m[4]
	}
}

// renamed puts the import paths of imported packages back into a Fault.
func (r *run) renamed(f *channel.Fault) *channel.Fault {
	f.Text = r.m.names.outer(f.Text)
	f.Stack = r.m.names.outer(f.Stack)
	return f
}
