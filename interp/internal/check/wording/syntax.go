package wording

import (
	"errors"
	"go/scanner"
	"slices"
	"strings"
)

// A Source is a text that go/parser does not take.
type Source struct {
	Text []byte
	Bare bool // it is what stands in a function that is none of the user's

	// Parse has go/parser read a text of the same length in place of the source. It
	// gives all errors, with the offsets that they have in that text.
	Parse func(text []byte) error
}

// Syntax gives what is wrong with the syntax of a source, in the order of the text.
// Behind an error, go/parser goes on elsewhere than the compiler, and finds what is
// not wrong. So there is one error of grammar from one reading, and what it is in is
// left out of the next.
func Syntax(src Source) error {
	var list ErrorList
	text := src.Text
	for range shown {
		err := src.Parse(text)
		var found scanner.ErrorList
		if !errors.As(err, &found) {
			if err != nil {
				return err
			}
			break
		}
		broken := list.add(text, src.Bare, found)
		if broken == nil {
			break
		}
		if text = without(text, broken.Pos.Offset, src.Bare); text == nil {
			break
		}
	}
	if slices.ContainsFunc(list, Error.isSyntax) {
		// The compiler says what is no syntax error only if there is none.
		list = slices.DeleteFunc(list, func(e Error) bool { return strings.HasPrefix(e.Msg, "expression in ") })
	}
	return list.Sorted()
}

// isSyntax reports whether an error is one of grammar.
func (e Error) isSyntax() bool { return strings.HasPrefix(e.Msg, "syntax error: ") }

// add adds what one reading has found, and gives the error of grammar in it that
// counts.
func (l *ErrorList) add(text []byte, bare bool, found scanner.ErrorList) (broken *scanner.Error) {
	for _, e := range found {
		s := syntaxError{text: text, bare: bare, at: e.Pos, msg: e.Msg}
		switch {
		case s.lexical():
			*l = append(*l, s.error())
		case broken == nil, counts(e, broken):
			broken = e
		}
	}
	if broken != nil && !l.explains(broken) {
		s := syntaxError{text: text, bare: bare, at: broken.Pos, msg: broken.Msg}
		s.grammar()
		*l = append(*l, s.error())
	}
	return broken
}

// counts reports whether of two errors of one reading the later is what the compiler
// says.
func counts(later, broken *scanner.Error) bool {
	return strings.HasPrefix(later.Msg, "expected operand") &&
		(later.Pos == broken.Pos || broken.Msg == "expected 1 expression" && later.Pos.Line == broken.Pos.Line)
}

// explains reports whether an error in grammar follows from one that is in the same
// line, or that has the rest of the text be a string or a comment.
func (l ErrorList) explains(broken *scanner.Error) bool {
	return slices.ContainsFunc(l, func(e Error) bool {
		return e.File == broken.Pos.Filename && e.Line == broken.Pos.Line ||
			strings.HasSuffix(broken.Msg, "found 'EOF'") && (e.Msg == "string not terminated" || e.Msg == "comment not terminated")
	})
}
