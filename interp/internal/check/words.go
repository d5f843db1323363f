package check

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"strings"
)

// list gives what go/types found as the compiler says it. An error that has
// several positions comes from go/types in pieces; all but the first begin with
// a tab.
func (c *checker) list() ErrorList {
	var list ErrorList
	for _, found := range c.found {
		if more, ok := strings.CutPrefix(found.Msg, "\t"); ok && len(list) > 0 {
			last := &list[len(list)-1]
			last.Msg = appendPiece(last.Msg, c.fset.Position(c.place(found.Pos, more)).String(), more)
			continue
		}
		msg, isBranch := c.branchText(found)
		if !isBranch {
			msg = c.words(found)
		}
		if msg == "" || c.tolerated(found) {
			continue
		}
		e := errorAt(c.fset, c.place(found.Pos, found.Msg), msg)
		// The compiler says the same thing only once for a line.
		if n := len(list); n == 0 || list[n-1].Msg != e.Msg || list[n-1].Line != e.Line || list[n-1].File != e.File {
			list = append(list, e)
		}
	}
	return list.sorted()
}

// appendPiece adds another position to a message.
func appendPiece(msg, at, more string) string {
	if strings.HasSuffix(msg, " already defined at ") {
		return msg + at // a label
	}
	return msg + "\n\t" + at + ": " + more
}

// tolerated reports whether an error is about something unused that need not be
// used.
func (c *checker) tolerated(found types.Error) bool {
	return c.opts.Unused != nil && unused(found.Msg) && c.opts.Unused(found.Pos)
}

func unused(msg string) bool {
	return strings.HasPrefix(msg, "declared and not used: ") || strings.Contains(msg, " imported and not used") ||
		strings.HasPrefix(msg, `"`) && strings.Contains(msg, " imported as ") && strings.HasSuffix(msg, " and not used")
}

var (
	brokenImport = regexp.MustCompile(`^could not import \S+ \((.*)\)$`)
	newerGo      = regexp.MustCompile(` requires go[0-9]+\.[0-9]+ or later$`)
	funcLiteral  = regexp.MustCompile(`\(func\([^{}]*? literal\)`)
)

// words gives a message of go/types in the words of the compiler and the go
// command.
func (c *checker) words(found types.Error) string {
	msg := found.Msg
	if m := brokenImport.FindStringSubmatch(msg); m != nil {
		return m[1]
	}
	if newerGo.MatchString(msg) {
		msg += c.declaredVersion(found.Pos)
	}
	// Where a package declares something is not known here.
	msg = strings.ReplaceAll(msg, " (declared at -)", "")
	return funcLiteral.ReplaceAllStringFunc(msg, func(literal string) string {
		text := strings.TrimSuffix(literal[1:], " literal)")
		if c.isEmptyFunc(found.Pos, literal) {
			return text + " {}"
		}
		return text + " {…}"
	})
}

// declaredVersion says what language version a file asks for, if it does.
func (c *checker) declaredVersion(pos token.Pos) string {
	for _, file := range c.files {
		if file.FileStart <= pos && pos <= file.FileEnd && file.GoVersion != "" {
			return fmt.Sprintf(" (file declares //go:build %s)", file.GoVersion)
		}
	}
	return ""
}

// isEmptyFunc reports whether the function literal nearest to pos of those that
// have this text has an empty body.
func (c *checker) isEmptyFunc(pos token.Pos, text string) (empty bool) {
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
