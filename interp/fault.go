package interp

import (
	"cmp"
	"errors"
	"go/scanner"
	"go/token"
	"slices"
	"strconv"
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

// splitPosition cuts the position off the front of an error's text. yaegi puts
// one before another where the error is in an imported package; the innermost
// one is where it is.
func splitPosition(text string) (pos token.Position, rest string) {
	for {
		front, after, ok := strings.Cut(text, ": ")
		if !ok {
			return pos, text
		}
		p := parsePosition(front)
		for !p.IsValid() && ok { // a name may have the mark in it
			var more string
			more, after, ok = strings.Cut(after, ": ")
			front += ": " + more
			p = parsePosition(front)
		}
		if !ok || pos.IsValid() && strings.Contains(p.Filename, " ") {
			return pos, text
		}
		pos, text = p, after
	}
}

// renamed puts the import paths of imported packages back into a Fault.
func (r *run) renamed(f *channel.Fault) *channel.Fault {
	f.Text = r.m.names.outer(f.Text)
	f.Stack = r.m.names.outer(f.Stack)
	return f
}

// parsePosition reads file:line:column.
func parsePosition(s string) (pos token.Position) {
	rest, column, ok := cutLast(s, ":")
	file, line, ok2 := cutLast(rest, ":")
	if !ok || !ok2 {
		pos.Filename = s
		return pos
	}
	pos.Filename = file
	pos.Line, _ = strconv.Atoi(line)
	pos.Column, _ = strconv.Atoi(column)
	return pos
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
