package form_test

import (
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/form"
)

func TestForms(t *testing.T) {
	names := map[form.Kind]string{form.Statements: "statements", form.File: "file", form.Main: "main"}
	for _, c := range []struct{ text, want string }{
		{"", "statements"},
		{"x := 1", "statements"},
		{"var x = 1", "statements"},
		{"type T int", "statements"},
		{"import \"fmt\"", "statements"},
		{"func() { }()", "statements"},
		{"func(a int) int { return a }(1)", "statements"},
		{"func(a int) (b int) { return a }(1)", "statements"},
		{"func() T { return 1 }()", "statements"},
		{"func() pkg.T { return 1 }()", "statements"},
		{"func() func() { return nil }()()", "statements"},
		{"for i := 0; func() bool { return i < 1 }(); i++ { }", "statements"},
		{"func f() {}; f()", "statements"},
		{"func (t T) m() {}; x := 1", "statements"},
		{"func F(ctx context.Context) {}", "file"},
		{"func (t T) m() {}", "file"},
		{"func f() {}\nvar x = 1\ntype T int\nconst c = 2", "file"},
		{"package p", "file"},
		{"package main; func F(ctx context.Context) {}", "file"},
		{"// comment\n\n/* another */ package p\nfunc F() {}", "file"},
		{"package main; func main() {}", "main"},
		{"package other; func main() {}", "main"},
		{"func main() {}", "main"},
		{"func main() {}; func F(ctx context.Context) {}", "main"},
		{"func main() {}; main()", "statements"},
		{"func (t T) main() {}", "file"},
		{"x := `\nfunc main() {}\n`", "statements"},
		{"// func main() {}", "statements"},
		{"if x { func main() {} }", "statements"},
		{"\"unterminated", "statements"},
		{"/* unterminated", "statements"},
	} {
		if got := names[form.Recognise(c.text, "").Kind]; got != c.want {
			t.Errorf("%q is recognised as %s, want %s", c.text, got, c.want)
		}
	}
}

// The words of an error are found where it stands in the text, and what Compose puts
// around the text is never there.
func TestOffsetsAreThoseOfTheText(t *testing.T) {
	for _, text := range []string{
		"x := 1; MARK", "func f() { MARK }\nf()", "f()\nfunc f() { MARK }", "func F() { MARK }", "package p; func F() { MARK }",
	} {
		s := form.Recognise(text, "")
		composed := s.Compose("a.go", text)
		if got, want := s.Offset("a.go", text, composed, strings.Index(composed, "MARK")), strings.Index(text, "MARK"); got != want {
			t.Errorf("%q: MARK is at %d, want %d", text, got, want)
		}
		if got := s.Offset("a.go", text, composed, len(composed)); got != len(text) {
			t.Errorf("%q: the end is at %d, want %d", text, got, len(text))
		}
	}
}
