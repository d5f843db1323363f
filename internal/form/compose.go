package form

import "strings"

// Compose writes the file of package main that a text stands for. Whatever
// comes from the text keeps its position by a line directive: the declarations
// of a text of bare statements are a copy of it in which the statements are
// blank, and the statements a copy in which the declarations are.
func (s *Shape) Compose(name, text string) string {
	at := directive(name)
	if s.Kind != Statements {
		if s.Clause {
			return text
		}
		return "package main;" + at + text
	}
	var b strings.Builder
	b.WriteString("package main;")
	if decls, any := s.keep(text, true); any {
		b.WriteString(at + decls + "\n")
	}
	statements, _ := s.keep(text, false)
	b.WriteString("func main() {" + at + statements + end)
	return b.String()
}

// end is what comes behind the statements.
const end = "\n}\n"

// Offset gives the offset in the text of what has an offset in the file that Compose
// wrote for it: its length for what is behind it.
func (s *Shape) Offset(name, text, file string, offset int) int {
	start := 0
	if !s.Clause {
		start = len("package main;" + directive(name))
	}
	if statements := len(file) - len(end) - len(text); s.Kind == Statements && offset >= statements {
		start = statements
	}
	return min(max(offset-start, 0), len(text))
}

// keep blanks those segments that declare, or those that do not. Newlines stay,
// and so do comments between segments. It reports whether any segment is left.
func (s *Shape) keep(text string, decls bool) (string, bool) {
	var out []byte
	any := false
	for i := range s.segments {
		seg := &s.segments[i]
		if seg.declares() == decls {
			any = true
			continue
		}
		if out == nil {
			out = []byte(text)
		}
		blank(out[seg.start:seg.end])
	}
	if out == nil {
		return text, any
	}
	return string(out), any
}

func blank(text []byte) {
	for i, c := range text {
		if c != '\n' && c != '\r' {
			text[i] = ' '
		}
	}
}

// directive makes what follows it line 1, column 1 of the file called name.
func directive(name string) string {
	name = strings.ReplaceAll(name, "*/", "*_")
	return "/*line " + strings.Map(func(r rune) rune {
		if r < ' ' {
			return '_'
		}
		return r
	}, name) + ":1:1*/"
}
