package wording_test

import (
	"errors"
	"go/token"
	"slices"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/farside-go/farside/interp/internal/check"
)

// followUps are what the compiler says only because of how it goes on behind an error.
var followUps = []string{
	"09.go:4:21: syntax error: unexpected newline in argument list; possibly missing comma or )",
	"18.go:6:1: syntax error: non-declaration statement outside function body",
	"20.go:6:2: syntax error: unexpected }, expected :",
	"23.go:5:1: syntax error: non-declaration statement outside function body",
	"28.go:4:6: syntax error: unexpected name y at end of statement",
	"33.go:4:5: undefined: f", // this one and the next are of types
	"33.go:5:8: undefined: x",
	"35.go:5:4: syntax error: unexpected := at end of statement",
	"39.go:5:1: syntax error: non-declaration statement outside function body",
	"86.go:5:1: syntax error: unexpected }, expected := or = or comma",
	"52.go:4:8: undefined: fmt",
	"59.go:5:11: syntax error: unexpected ) after top level declaration",
}

// TestSyntaxErrorsAreTheCompilers gives programs that cannot be parsed to the
// compiler and to Parse, and compares line, column and text of every error.
func TestSyntaxErrorsAreTheCompilers(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/broken.txtar")
	if err != nil {
		t.Fatal(err)
	}
	config := importConfig(t)
	for _, file := range archive.Files {
		t.Run(file.Name, func(t *testing.T) {
			t.Parallel()
			_, err := check.Parse(token.NewFileSet(), file.Name, string(file.Data))
			var list check.ErrorList
			if !errors.As(err, &list) || len(list) == 0 {
				t.Fatalf("Parse says %v", err)
			}
			var got []string
			for _, e := range list {
				got = append(got, e.Error())
			}
			want := slices.DeleteFunc(compile(t, config, file.Name, file.Data), func(line string) bool {
				return slices.Contains(followUps, line)
			})
			compareErrors(t, got, want)
		})
	}
}
