package check

import (
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
		at := c.fset.Position(found.Pos)
		if more, ok := strings.CutPrefix(found.Msg, "\t"); ok && len(list) > 0 {
			list[len(list)-1].Msg += "\n\t" + at.String() + ": " + more
			continue
		}
		if c.tolerated(found) {
			continue
		}
		list = append(list, Error{at.Filename, at.Line, at.Column, words(found.Msg)})
	}
	return list.sorted()
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

var brokenImport = regexp.MustCompile(`^could not import \S+ \((.*)\)$`)

// words gives a message of go/types in the words of the compiler and the go
// command.
func words(msg string) string {
	if m := brokenImport.FindStringSubmatch(msg); m != nil {
		return m[1]
	}
	return msg
}
