package wording

import (
	"bytes"
	"errors"
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// Syntax gives an error of go/parser, given the text that was parsed. Of the errors
// in grammar there is only the first: what go/parser finds behind it is mostly
// wrong.
func Syntax(text []byte, err error) error {
	var found scanner.ErrorList
	if !errors.As(err, &found) {
		return err
	}
	var list ErrorList
	var broken *scanner.Error
	for _, e := range found {
		s := syntaxError{text: text, at: e.Pos, msg: e.Msg}
		switch {
		case s.lexical():
			list = append(list, Error{s.at.Filename, s.at.Line, s.at.Column, s.msg})
		case broken == nil, broken.Pos == e.Pos && strings.HasPrefix(e.Msg, "expected operand"):
			broken = e
		}
	}
	if broken != nil && !list.explains(broken.Pos) {
		s := syntaxError{text: text, at: broken.Pos, msg: broken.Msg}
		s.grammar()
		list = append(list, Error{s.at.Filename, s.at.Line, s.at.Column, s.msg})
	}
	return list.Sorted()
}

// explains reports whether an error in grammar follows from one of a token in the
// same line.
func (l ErrorList) explains(at token.Position) bool {
	return slices.ContainsFunc(l, func(e Error) bool { return e.File == at.Filename && e.Line == at.Line })
}

// A syntaxError is an error of go/parser that is put into the compiler's words.
type syntaxError struct {
	text []byte
	at   token.Position
	msg  string
}

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
	rewrite(`^raw string literal not terminated$`, "string not terminated"),
	rewrite(`^((?:comment|rune literal) not terminated|.* literal has no digits|exponent has no digits|.* mantissa.*|`+
		`invalid (?:digit|radix) .*|'_' must .*)`, "$1"),
}

// lexical puts an error into the compiler's words if it is not one of grammar.
func (s *syntaxError) lexical() bool {
	switch {
	case s.msg == "string literal not terminated":
		s.moveTo(s.endOfLine())
		s.msg = "newline in string"
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
	rewrite(`^expected operand, found .*`, "unexpected $T, expected expression"),
	rewrite(`^expected 'IDENT', found .*`, "unexpected $T, expected name"),
	rewrite(`^expected ']', found .*`, "unexpected $T, expected comma, : or ]"),
	rewrite(`^expected '(.+)', found .*`, "unexpected $T, expected $1"),
	rewrite(`^expected (.+), found .*`, "unexpected $T, expected $1"),
}

// grammar puts an error of grammar into the compiler's words.
func (s *syntaxError) grammar() {
	switch {
	case strings.HasSuffix(s.msg, "found 'EOF'"):
		expected := "}"
		if strings.HasPrefix(s.msg, "expected ')'") {
			expected = ")"
		}
		s.moveTo(len(s.text))
		s.msg = "unexpected EOF, expected " + expected
	case strings.HasPrefix(s.msg, "expected declaration, found "):
		if s.startsLine() {
			s.msg = "non-declaration statement outside function body"
		} else {
			s.msg = "unexpected " + s.found() + " after top level declaration"
		}
	case strings.HasPrefix(s.msg, "expected boolean expression, found assignment"):
		s.assignment()
	case strings.HasPrefix(s.msg, "expected ';', found "), strings.HasPrefix(s.msg, "expected '}', found "),
		strings.HasPrefix(s.msg, "expected statement, found ") && !s.startsLine():
		s.msg = "unexpected " + s.found() + s.place()
	case s.msg == "expected '{', found newline":
		s.msg = "unexpected newline, expected { after " + s.keyword() + " clause"
	default:
		s.apply(grammarWords)
	}
	s.msg = "syntax error: " + s.msg
}

// place says what should have been where the error is, given the block that it is
// in.
func (s *syntaxError) place() string {
	switch block := s.enclosing(); block {
	case "":
		return " after top level declaration"
	case "struct", "interface":
		return " in " + block + " type; possibly missing semicolon or newline or }"
	case "switch", "select":
		if strings.HasPrefix(s.msg, "expected '}'") {
			return ", expected case or default or }"
		}
	}
	return " at end of statement"
}

// found names the token at the error as the compiler does.
func (s *syntaxError) found() string {
	if s.at.Offset >= len(s.text) {
		return "EOF"
	}
	var scan scanner.Scanner
	rest := s.text[s.at.Offset:]
	scan.Init(token.NewFileSet().AddFile("", -1, len(rest)), rest, nil, 0)
	_, tok, literal := scan.Scan()
	switch {
	case rest[0] == '\n':
		return "newline"
	case tok == token.SEMICOLON:
		return "semicolon"
	case tok == token.COMMA:
		return "comma"
	case tok == token.IDENT:
		return "name " + literal
	case tok.IsLiteral():
		return "literal " + literal
	case tok.IsKeyword():
		return "keyword " + tok.String()
	}
	return tok.String()
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

// enclosing gives what the block is of that the error is in: the last keyword
// before its brace.
func (s *syntaxError) enclosing() string {
	var scan scanner.Scanner
	before := s.text[:s.at.Offset]
	scan.Init(token.NewFileSet().AddFile("", -1, len(before)), before, nil, 0)
	word, blocks := "", []string{""}
	for {
		switch _, tok, _ := scan.Scan(); {
		case tok == token.EOF:
			return blocks[len(blocks)-1]
		case tok == token.LBRACE:
			blocks = append(blocks, word)
		case tok == token.RBRACE && len(blocks) > 1:
			blocks = blocks[:len(blocks)-1]
		case tok.IsKeyword():
			word = tok.String()
		}
	}
}

// line gives the line of the error up to it.
func (s *syntaxError) line() string {
	start := bytes.LastIndexByte(s.text[:s.at.Offset], '\n') + 1
	return string(s.text[start:s.at.Offset])
}

// keyword gives the first word of the line.
func (s *syntaxError) keyword() string {
	word, _, _ := strings.Cut(strings.TrimSpace(s.line()), " ")
	return word
}

// startsLine reports whether nothing stands before the error in its line.
func (s *syntaxError) startsLine() bool { return strings.TrimSpace(s.line()) == "" }

func (s *syntaxError) endOfLine() int {
	if i := bytes.IndexByte(s.text[s.at.Offset:], '\n'); i >= 0 {
		return s.at.Offset + i
	}
	return len(s.text)
}

// moveTo moves the error forward.
func (s *syntaxError) moveTo(offset int) {
	// go/token has no line that is empty and the last.
	from := min(s.at.Offset, max(len(s.text)-1, 0))
	s.at.Line += bytes.Count(s.text[from:offset], []byte("\n"))
	s.at.Column = offset - bytes.LastIndexByte(s.text[:offset], '\n')
	s.at.Offset = offset
}
