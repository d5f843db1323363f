package main

import (
	"go/scanner"
	"go/token"
	"strings"
)

// incomplete reports whether Go source plainly goes on: something is open, or the
// last token wants another operand.
func incomplete(text string) bool {
	open, last, unterminated := scan(text)
	if open > 0 || unterminated {
		return true
	}
	if last == token.COMMA || last == token.PERIOD || last == token.ASSIGN || last == token.DEFINE {
		return true
	}
	return last.IsOperator() && last.Precedence() > token.LowestPrec
}

// scan gives how many brackets are open, the last token, and whether a raw string
// or a comment has no end.
func scan(text string) (open int, last token.Token, unterminated bool) {
	files := token.NewFileSet()
	file := files.AddFile("", files.Base(), len(text))
	var s scanner.Scanner
	s.Init(file, []byte(text), func(_ token.Position, msg string) {
		unterminated = unterminated ||
			strings.HasPrefix(msg, "raw string literal not") || strings.HasPrefix(msg, "comment not")
	}, 0)
	for {
		_, tok, literal := s.Scan()
		switch tok {
		case token.EOF:
			return open, last, unterminated
		case token.LPAREN, token.LBRACK, token.LBRACE:
			open++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			open--
		case token.SEMICOLON:
			if literal == "\n" {
				continue
			}
		}
		last = tok
	}
}
