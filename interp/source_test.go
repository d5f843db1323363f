package interp_test

import (
	"errors"
	"go/scanner"
	"strings"
	"testing"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/interp"
)

func TestForms(t *testing.T) {
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
		if got, _ := interp.Forms(c.text); got != c.want {
			t.Errorf("%q is recognised as %s, want %s", c.text, got, c.want)
		}
	}
}

func FuzzSource(f *testing.F) {
	for _, seed := range []string{
		"", "x := 1", "return 1, nil", "func f() {}\nf()", "package main\nfunc main() {}", "}", "{", "/*", "`", "\"", "'",
		"type T struct { a, B int }; return T{}", "import \"fmt\" // c\nx := 1 // d", "func (", "func (t T) m() {};;", "for ;; {",
		"\r\n\tx\r\n", "\x00", "\ufeffx := 1", "é := 1; return é", "//line x.go:7\nx := 1", "x; /* a\n b */ func f() {} /* c */", "func\nf() {}",
	} {
		f.Add(seed, "")
	}
	f.Add("func F(ctx context.Context) {}", "F")
	f.Fuzz(func(t *testing.T, text, far string) {
		const name = "f.go"
		positions, err := interp.Positions(name, text, far)
		lines := strings.Split(text, "\n")
		check := func(line, column int) {
			t.Helper()
			if line < 1 || line > len(lines)+1 || line <= len(lines) && (column < 1 || column > len(lines[line-1])+1) {
				t.Errorf("%d:%d is not in %q", line, column, text)
			}
		}
		for _, pos := range positions {
			check(pos.Line, pos.Column)
		}
		var fault *channel.Fault
		var list scanner.ErrorList
		switch {
		case err == nil:
		case errors.As(err, &list):
			t.Errorf("%v is no Fault", err)
		case !errors.As(err, &fault):
			t.Errorf("%v is no Fault", err)
		case fault.Line > len(lines):
			t.Errorf("line %d of %q: %v", fault.Line, text, err)
		}
	})
}
