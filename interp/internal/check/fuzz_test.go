package check_test

import (
	"errors"
	"go/ast"
	"go/token"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/farside-go/farside/interp/internal/check"
)

// FuzzCheck: whatever text there is is parsed and checked without a panic, and
// every error has a place in it.
func FuzzCheck(f *testing.F) {
	for _, name := range []string{"wording/testdata/wrong.txtar", "wording/testdata/broken.txtar"} {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(string(file.Data))
		}
	}
	f.Add(script)
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "//line") || strings.Contains(text, "/*line") {
			t.Skip("lines are where the text says that they are")
		}
		fset := token.NewFileSet()
		file, err := check.Parse(fset, "a.go", text)
		if err != nil {
			errorsAreInside(t, text, err)
			return
		}
		pkg, err := check.Check(fset, "main", []*ast.File{file}, nil)
		if err == nil {
			if pkg.Types == nil || pkg.Info == nil {
				t.Fatal("no error and no package")
			}
			return
		}
		errorsAreInside(t, text, err)
	})
}

func errorsAreInside(t *testing.T, text string, err error) {
	t.Helper()
	var list check.ErrorList
	if !errors.As(err, &list) {
		t.Fatal(err)
	}
	lines := strings.Count(text, "\n") + 1
	for _, e := range list {
		if e.File != "a.go" || e.Line < 1 || e.Line > lines || e.Column < 1 || e.Msg == "" {
			t.Errorf("an error that is nowhere: %q", e)
		}
	}
}
