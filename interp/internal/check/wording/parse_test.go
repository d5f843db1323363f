package wording_test

import (
	"errors"
	"go/token"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/farside-go/farside/interp/internal/check"
)

// TestSyntaxErrorsAreTheCompilers gives programs that cannot be parsed to the
// compiler and to Parse.
func TestSyntaxErrorsAreTheCompilers(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/broken.txtar")
	if err != nil {
		t.Fatal(err)
	}
	config := importConfig(t)
	for _, file := range archive.Files {
		t.Run(file.Name, func(t *testing.T) {
			t.Parallel()
			_, err := check.Parse(token.NewFileSet(), file.Name, file.Data)
			var list check.ErrorList
			if !errors.As(err, &list) || len(list) == 0 {
				t.Fatalf("Parse says %v", err)
			}
			want := compile(t, config, file.Name, file.Data)
			if len(want) == 0 || list[0].Error() != want[0] {
				t.Errorf("%s\ngot  %s\nwant %s", file.Data, list[0], strings.Join(want, "\n"))
			}
		})
	}
}
