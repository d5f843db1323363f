package farmain_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/farmain"
	"github.com/farside-go/farside/internal/form"
)

// What a text becomes parses if the text does, as the file that interpreted source is.
func FuzzFromText(f *testing.F) {
	for _, c := range texts {
		f.Add(c.text)
	}
	f.Add("package p; func main() { main(); return; x := main }")
	f.Add("return 1, // a\n2")
	f.Add("return `a\nb`, /*line x.go:1*/ nil /* c */; L: return L")
	f.Fuzz(func(t *testing.T, text string) {
		program, err := farmain.FromText("a.go", text, "")
		if err != nil || strings.Contains(text, "//line") || strings.Contains(text, "/*line") {
			return
		}
		shape := form.Recognise(text, "")
		if _, err := parser.ParseFile(token.NewFileSet(), "", shape.Compose("a.go", text), 0); err != nil {
			return
		}
		for name, file := range program.Files {
			fset := token.NewFileSet()
			parsed, err := parser.ParseFile(fset, name, file, 0)
			if err != nil {
				t.Errorf("%q becomes\n%s\n%v", text, file, err)
				continue
			}
			checkPlaces(t, text, fset, parsed)
		}
	})
}

// checkPlaces holds every name in a file that is said to be in the text to what stands
// there. Imports may be ours.
func checkPlaces(t *testing.T, text string, fset *token.FileSet, file *ast.File) {
	lines := strings.Split(text, "\n")
	ast.Inspect(file, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if _, imports := n.(*ast.ImportSpec); imports || !ok {
			return !imports
		}
		at := fset.Position(id.Pos())
		if at.Filename != "a.go" || strings.HasPrefix(id.Name, "_") || id == file.Name {
			return true
		}
		if at.Line > len(lines) || at.Column-1 > len(lines[at.Line-1]) || !strings.HasPrefix(lines[at.Line-1][at.Column-1:], id.Name) {
			t.Errorf("in %q, %s is said to be at %v", text, id.Name, at)
		}
		return true
	})
}
