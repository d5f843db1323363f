package wording

import (
	"bytes"
	"go/token"
	"strings"
)

// A syntaxError is an error of go/parser that is put into the compiler's words.
type syntaxError struct {
	text []byte
	bare bool
	at   token.Position
	msg  string
}

func (s *syntaxError) error() Error { return Error{s.at.Filename, s.at.Line, s.at.Column, s.msg} }

// A rewriting gives the compiler's text for a message. $T is the token that was
// found.
type rewriting struct {
	pattern pattern
	text    string
}

func rewrite(pattern, text string) rewriting { return rewriting{compiled(pattern), text} }

// apply gives the text of the first rewriting that fits.
func (s *syntaxError) apply(list []rewriting) bool {
	for _, r := range list {
		if m := r.pattern().FindStringSubmatchIndex(s.msg); m != nil {
			text := strings.ReplaceAll(r.text, "$T", strings.ReplaceAll(s.found(), "$", "$$"))
			s.msg = string(r.pattern().ExpandString(nil, text, s.msg, m))
			return true
		}
	}
	return false
}

// lexicalWords are about a token by itself.
var lexicalWords = []rewriting{
	rewrite(`^illegal character NUL$`, "invalid NUL character"),
	rewrite(`^illegal character (.*)`, "invalid character $1"),
	rewrite(`^illegal UTF-8 encoding.*`, "invalid UTF-8 encoding"),
	rewrite(`^illegal byte order mark$`, "invalid BOM in the middle of the file"),
	rewrite(`^illegal rune literal$`, "more than one character in rune literal"),
	rewrite(`^unknown escape sequence$`, "unknown escape"),
	rewrite(`^escape sequence is invalid Unicode code point$`, "escape is invalid Unicode code point"),
	rewrite(`^(?:raw )?string literal not terminated$`, "string not terminated"),
	rewrite(`^((?:comment|rune literal) not terminated|.* literal has no digits|exponent has no digits|.* mantissa.*|`+
		`invalid (?:digit|radix) .*|'_' must .*)`, "$1"),
}

// lexical puts an error into the compiler's words if it is not one of grammar.
func (s *syntaxError) lexical() bool {
	switch {
	case s.msg == "string literal not terminated" && s.endOfLine() < len(s.text):
		s.moveTo(s.endOfLine())
		s.msg = "newline in string"
		return true
	case s.msg == "rune literal not terminated" && s.endOfLine() < len(s.text):
		s.moveTo(s.endOfLine())
		s.msg = "newline in rune literal"
		return true
	case s.msg == "illegal rune literal" && bytes.HasPrefix(s.text[s.at.Offset:], []byte("''")):
		s.moveTo(s.at.Offset + 1)
		s.msg = "empty rune literal or unescaped '"
		return true
	case strings.HasPrefix(s.msg, "expression in "): // the compiler goes on after it
		_, expr, _ := strings.Cut(s.line(), s.keyword())
		s.at.Column -= len(strings.TrimLeft(expr, " "))
		return true
	}
	return s.apply(lexicalWords)
}

// grammarWords are about a token that is out of place.
var grammarWords = []rewriting{
	rewrite(`^missing ',' before newline in (argument|parameter) list$`, "unexpected newline in $1 list; possibly missing comma or )"),
	rewrite(`^missing ',' before newline in composite literal$`, "unexpected newline in composite literal; possibly missing comma or }"),
	rewrite(`^missing ',' in (argument|parameter) list$`, "unexpected $T in $1 list; possibly missing comma or )"),
	rewrite(`^missing ',' in composite literal$`, "unexpected $T in composite literal; possibly missing comma or }"),
	rewrite(`^expected 'package', found .*`, "package statement must be first"),
	rewrite(`^expected statement, found .*`, "unexpected $T, expected }"),
	rewrite(`^expected if statement or block, found .*`, "else must be followed by if or statement block"),
	rewrite(`^expected type, found ':='$`, "unexpected :=, expected ="),
	rewrite(`^expected selector or type assertion, found .*`, "unexpected $T, expected name or ("),
	rewrite(`^expected operand, found .*`, "unexpected $T, expected expression"),
	rewrite(`^expected 'IDENT', found .*`, "unexpected $T, expected name"),
	rewrite(`^expected ']', found .*`, "unexpected $T, expected comma, : or ]"),
	rewrite(`^expected '(.+)', found .*`, "unexpected $T, expected $1"),
	rewrite(`^expected (.+), found .*`, "unexpected $T, expected $1"),
}

// grammar puts an error of grammar into the compiler's words.
func (s *syntaxError) grammar() {
	switch {
	case s.ofKeyword():
	case strings.HasSuffix(s.msg, "found 'EOF'"):
		s.endOfFile()
	case strings.HasPrefix(s.msg, "expected declaration, found "):
		if s.startsLine() {
			s.msg = "non-declaration statement outside function body"
		} else {
			s.msg = "unexpected " + s.found() + " after top level declaration"
		}
	case strings.HasPrefix(s.msg, "expected boolean expression, found assignment"),
		strings.HasPrefix(s.msg, "expected switch expression, found assignment"):
		s.assignment()
	case strings.HasPrefix(s.msg, "expected ';', found "), strings.HasPrefix(s.msg, "expected '}', found "), s.msg == "expected '==', found '='",
		strings.HasPrefix(s.msg, "expected statement, found ") && !s.startsLine():
		s.msg = "unexpected " + s.found() + s.place()
	default:
		s.apply(grammarWords)
	}
	if s.bare && s.enclosing() == "" {
		s.msg = strings.TrimSuffix(s.msg, ", expected }") // which is none of the user's
	}
	s.msg = "syntax error: " + s.msg
}

// ofKeyword is for those errors whose words depend on what stands before them. It
// reports whether there are such.
func (s *syntaxError) ofKeyword() bool {
	switch {
	case s.msg == "expected operand, found 'var'" && s.keyword() == "for":
		s.moveTo(s.at.Offset + len("var "))
		s.msg = "var declaration not allowed in for initializer"
	case s.msg == "expected operand, found ']'" && strings.HasSuffix(strings.TrimSpace(string(s.text[:s.at.Offset])), "["):
		s.msg = "unexpected ], expected operand"
	case s.msg == "expected ';', found ':='" && s.keyword() == "var":
		s.msg = "unexpected :=, expected ="
	case strings.HasPrefix(s.msg, "expected type, found ") && s.word() == "type":
		s.msg = "unexpected " + s.found() + " in type declaration"
	case strings.HasPrefix(s.msg, "expected 'IDENT', found ") && strings.TrimSpace(s.line()) == "func":
		s.msg = "unexpected " + s.found() + ", expected name or ("
	case s.keyword() == "select" && strings.HasPrefix(s.msg, "expected '{', found "):
		s.msg = "missing { after select clause"
	case s.msg == "expected '{', found newline":
		s.msg = "unexpected newline, expected { after " + s.keyword() + " clause"
	default:
		return false
	}
	return true
}

// endOfFile is for what ends too early.
func (s *syntaxError) endOfFile() {
	expected := "}"
	switch {
	case strings.HasPrefix(s.msg, "expected ')'"):
		expected = ")"
	case strings.HasPrefix(s.msg, "expected operand"):
		expected = "expression"
	}
	s.moveTo(len(s.text))
	s.msg = "unexpected EOF, expected " + expected
}

// assignment is for what stands where a condition should.
func (s *syntaxError) assignment() {
	header, _, _ := strings.Cut(string(s.text[s.at.Offset:]), "{")
	header = strings.TrimSpace(header)
	what := "assignment "
	if strings.Contains(header, ":=") {
		what = ""
	}
	s.msg = "cannot use " + what + header + " as value"
	s.moveTo(s.at.Offset + max(strings.IndexAny(header, ":="), 0))
}
