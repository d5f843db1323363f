package wording

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A speller has what is needed to put errors into words.
type speller struct {
	fset  *token.FileSet
	files []*ast.File
}

// Types gives what go/types found in some files, in the order in which it was
// found. An error that has several positions comes in pieces; all but the first
// begin with a tab.
func Types(fset *token.FileSet, files []*ast.File, found []types.Error) ErrorList {
	c := &speller{fset, files}
	var list ErrorList
	for _, e := range found {
		if more, ok := strings.CutPrefix(e.Msg, "\t"); ok && len(list) > 0 {
			last := &list[len(list)-1]
			last.Msg = appendPiece(last.Msg, fset.Position(c.place(e.Pos, more)).String(), more)
			continue
		}
		msg, isBranch := c.branchText(e)
		if !isBranch {
			msg = c.words(e)
		}
		if msg == "" {
			continue
		}
		next := At(fset, c.place(e.Pos, e.Msg), msg)
		// The compiler says the same thing only once for a line.
		if n := len(list); n == 0 || list[n-1].Msg != next.Msg || list[n-1].Line != next.Line || list[n-1].File != next.File {
			list = append(list, next)
		}
	}
	return list.Sorted()
}

// appendPiece adds another position to a message.
func appendPiece(msg, at, more string) string {
	if strings.HasSuffix(msg, " already defined at ") {
		return msg + at // a label
	}
	return msg + "\n\t" + at + ": " + more
}

// IsUnused reports whether a message of go/types is about something unused.
func IsUnused(msg string) bool {
	return strings.HasPrefix(msg, "declared and not used: ") || strings.Contains(msg, " imported and not used") ||
		strings.HasPrefix(msg, `"`) && strings.Contains(msg, " imported as ") && strings.HasSuffix(msg, " and not used")
}

var (
	brokenImport = compiled(`^could not import \S+ \((.*)\)$`)
	newerGo      = compiled(` requires go[0-9]+\.[0-9]+ or later$`)
	funcLiteral  = compiled(`\(func\([^{}]*? literal\)`)
)

// words gives a message of go/types in the words of the compiler and the go
// command.
func (c *speller) words(found types.Error) string {
	msg := found.Msg
	if m := brokenImport().FindStringSubmatch(msg); m != nil {
		return m[1]
	}
	if newerGo().MatchString(msg) {
		msg += c.declaredVersion(found.Pos)
	}
	// Where a package declares something is not known here.
	msg = strings.ReplaceAll(msg, " (declared at -)", "")
	return funcLiteral().ReplaceAllStringFunc(msg, func(literal string) string {
		text := strings.TrimSuffix(literal[1:], " literal)")
		if c.isEmptyFunc(found.Pos, literal) {
			return text + " {}"
		}
		return text + " {…}"
	})
}

// declaredVersion says what language version a file asks for, if it does.
func (c *speller) declaredVersion(pos token.Pos) string {
	for _, file := range c.files {
		if file.FileStart <= pos && pos <= file.FileEnd && file.GoVersion != "" {
			return fmt.Sprintf(" (file declares //go:build %s)", file.GoVersion)
		}
	}
	return ""
}

// isEmptyFunc reports whether the function literal nearest to pos of those that
// have this text has an empty body.
func (c *speller) isEmptyFunc(pos token.Pos, text string) (empty bool) {
	nearest := token.Pos(-1)
	for _, file := range c.files {
		for _, literal := range all[*ast.FuncLit](file) {
			distance := max(literal.Pos()-pos, pos-literal.Pos())
			if types.ExprString(literal) == text && (nearest < 0 || distance < nearest) {
				nearest, empty = distance, len(literal.Body.List) == 0
			}
		}
	}
	return empty
}
