package interp_test

import (
	"errors"
	"go/scanner"
	"strings"
	"testing"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/interp"
)

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
