package wording

import (
	"bytes"
	"go/scanner"
	"go/token"
	"slices"
)

// A lexeme is a token and where it is.
type lexeme struct {
	tok    token.Token
	offset int
	depth  int // of brackets around it, its own not counted
}

// lexemes gives the tokens of a text. The last is EOF.
func lexemes(text []byte) (list []lexeme) {
	var scan scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(text))
	scan.Init(file, text, nil, 0)
	depth := 0
	for {
		pos, tok, _ := scan.Scan()
		if closes(tok) {
			depth--
		}
		list = append(list, lexeme{tok, file.Offset(pos), depth})
		if opens(tok) {
			depth++
		}
		if tok == token.EOF {
			return list
		}
	}
}

func opens(tok token.Token) bool {
	return tok == token.LPAREN || tok == token.LBRACK || tok == token.LBRACE
}

func closes(tok token.Token) bool {
	return tok == token.RPAREN || tok == token.RBRACK || tok == token.RBRACE
}

// matched reports whether each bracket has its other.
func matched(list []lexeme) bool {
	other := map[token.Token]token.Token{token.RPAREN: token.LPAREN, token.RBRACK: token.LBRACK, token.RBRACE: token.LBRACE}
	var open []token.Token
	for _, l := range list {
		switch n := len(open) - 1; {
		case opens(l.tok):
			open = append(open, l.tok)
		case !closes(l.tok):
		case n < 0 || open[n] != other[l.tok]:
			return false
		default:
			open = open[:n]
		}
	}
	return len(open) == 0
}

// without gives the text with blanks for the smallest thing that the error at offset
// is in and that can be missed: a statement, the head of one, or a declaration. It is
// nil if there is none, or if brackets do not match: then nothing behind the error can
// be told.
func without(text []byte, offset int, bare bool) []byte {
	list := lexemes(text)
	if !matched(list) {
		return nil
	}
	at := slices.IndexFunc(list, func(l lexeme) bool { return l.offset >= offset })
	if at < 0 {
		at = len(list) - 1
	}
	if from, to := statement(list, at, bare); from < to {
		return blank(text, list[from].offset, list[to].offset)
	}
	if from, to := head(list, at); from < to {
		text = blank(text, list[from].offset, list[to].offset)
		text[list[from].offset] = '_'
		return text
	}
	if from, to := outermost(list, at, bare); from < to {
		return blank(text, list[from].offset, list[to].offset)
	}
	return nil
}

// blank gives a copy of a text with spaces from one offset to another. Lines stay.
func blank(text []byte, from, to int) []byte {
	text = bytes.Clone(text)
	for i := from; i < to; i++ {
		if text[i] != '\n' && text[i] != '\r' {
			text[i] = ' '
		}
	}
	return text
}

// statement finds the tokens of the simple statement that token at is in.
func statement(list []lexeme, at int, bare bool) (from, to int) {
	from = begin(list, at)
	if tok := list[from].tok; tok == token.CASE || tok == token.DEFAULT {
		from = behindColon(list, from, at)
	}
	if list[from].depth == 0 && !bare {
		return 0, 0
	}
	switch list[from].tok {
	case token.CASE, token.DEFAULT, token.IF, token.FOR, token.SWITCH, token.FUNC, token.TYPE, token.IMPORT, token.PACKAGE:
		return 0, 0
	}
	for to = from; ; to++ {
		switch l := list[to]; {
		case to >= at && l.depth <= list[from].depth && l.tok == token.SEMICOLON,
			to >= at && l.depth < list[from].depth && l.tok == token.RBRACE:
			return from, to
		case l.tok == token.EOF, l.tok == token.LBRACE, l.tok == token.RBRACE:
			return 0, 0
		}
	}
}

// behindColon gives what stands behind the colon of a case, if that is before token at.
func behindColon(list []lexeme, from, at int) int {
	for i := from; i < at; i++ {
		if list[i].tok == token.COLON && list[i].depth == list[from].depth {
			return i + 1
		}
	}
	return from
}

// begin finds where a statement begins that token at is in.
func begin(list []lexeme, at int) int {
	depth := 0
	for i := at - 1; i >= 0; i-- {
		switch tok := list[i].tok; {
		case tok == token.RPAREN || tok == token.RBRACK:
			depth++
		case tok == token.LPAREN || tok == token.LBRACK:
			depth--
		case depth <= 0 && tok == token.SEMICOLON, tok == token.LBRACE, tok == token.RBRACE:
			return i + 1
		}
	}
	return 0
}

// head finds the tokens between the keyword of a statement with blocks and the first
// of them, or those of a case, if token at is one of them.
func head(list []lexeme, at int) (from, to int) {
	end := token.LBRACE
	for from = at; ; from-- {
		switch tok := list[from].tok; {
		case tok == token.CASE:
			end = token.COLON
			fallthrough
		case tok == token.IF, tok == token.FOR, tok == token.SWITCH:
			return from + 1, headEnd(list, from+1, at, end)
		case from == 0, from < at && (tok == token.LBRACE || tok == token.RBRACE):
			return 0, 0
		}
	}
}

func headEnd(list []lexeme, from, at int, end token.Token) int {
	for to := from; ; to++ {
		switch tok := list[to].tok; {
		case tok == end && list[to].depth == list[from].depth:
			if to < at {
				return 0
			}
			return to
		case tok == token.EOF, tok == token.LBRACE, tok == token.RBRACE:
			return 0
		}
	}
}

// outermost finds the tokens of the declaration that token at is in, or of what
// stands in the place of one: as much of it as the compiler leaves out.
func outermost(list []lexeme, at int, bare bool) (from, to int) {
	for i, l := range list {
		switch {
		case l.tok == token.EOF:
			return 0, 0
		case l.tok != token.SEMICOLON || l.depth > 0:
		case i < at:
			from = i + 1
		case list[from].tok != token.PACKAGE && (bare || declares(list[i+1].tok)):
			return from, i
		}
	}
	return 0, 0
}

// declares reports whether a declaration begins with a token.
func declares(tok token.Token) bool {
	switch tok {
	case token.FUNC, token.TYPE, token.VAR, token.CONST, token.IMPORT, token.EOF:
		return true
	}
	return false
}
