package wording

import (
	"bytes"
	"go/scanner"
	"go/token"
	"strings"
)

// place says what should have been where the error is, given the block that it is
// in.
func (s *syntaxError) place() string {
	switch block := s.enclosing(); block {
	case "":
		if !s.bare {
			return " after top level declaration"
		}
	case "(import", "(const", "(type", "(var":
		return " in grouped declaration; possibly missing semicolon or newline or )"
	case "struct", "interface":
		return " in " + block + " type; possibly missing semicolon or newline or }"
	case "switch", "select":
		if strings.HasPrefix(s.msg, "expected '}'") {
			return ", expected case or default or }"
		}
	}
	switch {
	case s.msg == "expected '}', found 'case'", s.msg == "expected '}', found 'default'":
		return ", expected }"
	case strings.HasPrefix(s.msg, "expected ';'") && s.word() == "if":
		return ", expected {"
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

// enclosing gives what the block is of that the error is in, the last keyword before
// its brace, with a parenthesis before it for a group of declarations.
func (s *syntaxError) enclosing() string {
	block, _ := s.before()
	return block
}

// word gives the last keyword of the statement, before the error.
func (s *syntaxError) word() string {
	_, word := s.before()
	return word
}

// before follows the tokens up to the error.
func (s *syntaxError) before() (block, word string) {
	var scan scanner.Scanner
	before := s.text[:s.at.Offset]
	file := token.NewFileSet().AddFile("", -1, len(before))
	scan.Init(file, before, nil, 0)
	blocks := []string{""}
	last := token.EOF
	for {
		pos, tok, literal := scan.Scan()
		n := len(blocks) - 1
		switch {
		case tok == token.EOF:
			return blocks[n], word
		case tok == token.LPAREN && last.IsKeyword() && last != token.FUNC:
			blocks = append(blocks, "("+word)
		case tok == token.RPAREN && strings.HasPrefix(blocks[n], "("):
			blocks = blocks[:n]
		case tok == token.LBRACE:
			blocks = append(blocks, word)
			word = ""
		case tok == token.RBRACE && n > 0:
			blocks = blocks[:n]
		case tok == token.SEMICOLON && literal != ";" && file.Offset(pos) < len(before):
			word = strings.TrimPrefix(blocks[n], "(")
		case tok.IsKeyword():
			word = tok.String()
		}
		last = tok
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
	from := s.at.Offset
	if from == len(s.text) && s.at.Column > 1 {
		from = max(from-1, 0) // go/token has no line that is empty and the last
	}
	s.at.Line += bytes.Count(s.text[from:offset], []byte("\n"))
	s.at.Column = offset - bytes.LastIndexByte(s.text[:offset], '\n')
	s.at.Offset = offset
}
