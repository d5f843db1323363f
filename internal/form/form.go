// Package form finds out what a text is, of the shapes that a source can have, and
// writes the file that it stands for.
package form

import (
	"go/scanner"
	"go/token"
	"strings"
)

// A Kind is one of the shapes that a source can have.
type Kind int

const (
	Statements Kind = iota // bare statements
	File                   // declarations, one of them a far function
	Main                   // a package main with its main
)

// A segment is what stands between two semicolons outside of all brackets: a
// declaration, a statement, or a part of one (the head of a for has several).
type segment struct {
	start, end int // byte offsets; end is behind a semicolon that was written
	kind       token.Token
	method     bool   // of a FUNC: it has a receiver
	name       string // of a FUNC: what it declares; "" for a function literal
}

// declares reports whether a segment can stand only at the top of a file.
// Constants and variables can stand in both places and are left where they are.
func (s *segment) declares() bool {
	switch s.kind {
	case token.IMPORT, token.TYPE:
		return true
	case token.FUNC:
		return s.name != ""
	}
	return false
}

// A Shape is what the tokens of a text say about it.
type Shape struct {
	Kind   Kind
	Clause bool // it has a package clause
	Stray  int  // offset of a closing bracket that closes nothing, or -1

	segments []segment
}

// Recognise finds the shape of a text. want is the far function asked for, if
// one is. Errors in the text are not its business: the parser will find them.
func Recognise(text string, want string) *Shape {
	s := scanShape(text)
	var statements, functions, main bool
	for i := range s.segments {
		seg := &s.segments[i]
		switch {
		case seg.kind == token.FUNC && seg.name != "":
			functions = true
			main = main || seg.name == "main" && !seg.method
		case !seg.declares() && seg.kind != token.VAR && seg.kind != token.CONST && seg.kind != token.SEMICOLON:
			statements = true
		}
	}
	switch {
	case want != "":
		s.Kind = File
	case main && (s.Clause || !statements):
		s.Kind = Main
	case s.Clause, functions && !statements:
		s.Kind = File
	}
	return s
}

// scanShape cuts a text into segments.
func scanShape(text string) *Shape {
	c := cutter{Shape: &Shape{Stray: -1}}
	file := token.NewFileSet().AddFile("", -1, len(text))
	c.scan.Init(file, []byte(text), func(token.Position, string) {}, 0)
	for {
		pos, tok, lit := c.scan.Scan()
		if tok == token.EOF {
			c.cut(len(text))
			return c.Shape
		}
		c.take(file.Offset(pos), tok, lit)
	}
}

// A cutter follows the tokens of a text.
type cutter struct {
	scan  scanner.Scanner
	Shape *Shape
	depth int
	seg   segment
	n     int // tokens of the segment so far
	head  funcHead
}

func (c *cutter) take(offset int, tok token.Token, lit string) {
	switch tok {
	case token.LPAREN, token.LBRACK, token.LBRACE:
		c.depth++
	case token.RPAREN, token.RBRACK, token.RBRACE:
		if c.depth == 0 && c.Shape.Stray < 0 {
			c.Shape.Stray = offset
		}
		c.depth = max(0, c.depth-1)
	case token.SEMICOLON:
		if c.depth == 0 {
			c.semicolon(offset, lit == ";")
			return
		}
	}
	if c.n == 0 {
		c.seg = segment{start: offset, kind: tok}
		c.head = funcHead{}
	}
	c.n++
	if c.seg.kind == token.FUNC {
		c.head.take(&c.seg, c.depth, tok, lit)
	}
}

// semicolon ends the segment. One that was written where there is nothing to end
// is a statement that does nothing.
func (c *cutter) semicolon(offset int, written bool) {
	end := offset
	if written {
		end++
		if c.n == 0 {
			c.seg, c.n = segment{start: offset, kind: token.SEMICOLON}, 1
		}
	}
	c.cut(end)
}

// cut ends the segment, if there is one. A semicolon that the scanner made up is
// no part of it: a comment may stand there.
func (c *cutter) cut(end int) {
	if c.n == 0 {
		return
	}
	c.seg.end = end
	c.n = 0
	if c.seg.kind == token.PACKAGE {
		c.Shape.Clause = c.Shape.Clause || len(c.Shape.segments) == 0
		if len(c.Shape.segments) == 0 {
			return
		}
	}
	c.Shape.segments = append(c.Shape.segments, c.seg)
}

// A funcHead tells the declarations `func name(` and `func (recv) name(` from
// the literal `func (params) result {`.
type funcHead struct {
	n         int // tokens seen, func included
	parens    bool
	name      string
	candidate bool
	done      bool
}

func (h *funcHead) take(seg *segment, depth int, tok token.Token, lit string) {
	h.n++
	switch {
	case h.done || h.n == 1:
	case h.n == 2 && tok == token.IDENT:
		seg.name, h.done = lit, true
	case h.n == 2:
		h.done = tok != token.LPAREN
	case !h.parens:
		h.parens = depth == 0
	case !h.candidate:
		h.name, h.candidate = lit, true
		h.done = tok != token.IDENT
	default:
		if tok == token.LPAREN {
			seg.name, seg.method = h.name, true
		}
		h.done = true
	}
}

// StraySyntax says in the compiler's words, and where, that a closing bracket at an
// offset of a text of bare statements closes nothing.
func StraySyntax(text string, offset int) (line, column int, words string) {
	before := text[:offset]
	line = strings.Count(before, "\n") + 1
	column = offset - strings.LastIndex(before, "\n")
	where := ""
	if text[offset] != '}' && strings.TrimSpace(before[strings.LastIndex(before, "\n")+1:]) != "" {
		where = " at end of statement"
	}
	return line, column, "syntax error: unexpected " + text[offset:offset+1] + where
}
