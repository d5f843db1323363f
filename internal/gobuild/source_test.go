package gobuild_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/gobuild"
)

// What a text means is in farmain's tests; here it goes the whole way.
func TestSources(t *testing.T) {
	dir := module(t, "\n-- internal/secret/secret.go --\npackage secret\n\nconst Word = `internal`")
	for _, c := range []struct{ name, want, source string }{
		{"statements", "bool:true <nil>:<nil>", "return args != nil && len(args) == 0"},
		{"a far function", "main.T:3", "type T int\nfunc f(ctx context.Context) T { return T(len(strings.Fields(`a b c`))) }"},
		{"a package of the module", "string:internal", "package far\nimport \"example.com/m/internal/secret\"\nfunc F(ctx context.Context) string { return secret.Word }"},
		{"whole program", "whole", "func main() { fmt.Println(`whole`) }"},
	} {
		t.Run(c.name, func(t *testing.T) {
			built := want(t, c.want, &gobuild.Request{Source: c.source, Dir: dir})
			if built.Main != (c.name == "whole program") {
				t.Errorf("Main is %v", built.Main)
			}
		})
	}
}

func TestSourcesThatCannotBeBuilt(t *testing.T) {
	dir := module(t, "")
	for _, c := range []struct {
		name, source string
		kind         error
		message      string
	}{
		{"type", "x := 1\nvar y string = 2", gobuild.ErrCompile, "in.go:1:1: declared and not used: x\nin.go:2:5: declared and not used: y\nin.go:2:16: cannot use 2 (untyped int constant) as string value in variable declaration"},
		{"returned", "if true {\n\treturn  1 + nope, nil\n}", gobuild.ErrCompile, "in.go:2:14: undefined: nope"},
		{"behind what was returned", "if true { return 1 }; nope()", gobuild.ErrCompile, "in.go:1:23: undefined: nope"},
		{"declared", "return f()\nfunc f() int { return nope }", gobuild.ErrCompile, "in.go:2:23: undefined: nope"},
		{"in a far function", "func F(ctx context.Context) { nope() }", gobuild.ErrCompile, "in.go:1:31: undefined: nope"},
		{"with a clause", "// first\npackage p; import \"os\"\n\nfunc F(ctx context.Context) {}", gobuild.ErrCompile, "in.go:2:19: \"os\" imported and not used"},
		{"behind the clause", "package p; var x = nope; func F(ctx context.Context) {}", gobuild.ErrCompile, "in.go:1:20: undefined: nope"},
		{"syntax", "x = = 1", gobuild.ErrCompile, "in.go:1:5: syntax error: unexpected =, expected expression"},
		{"cut off", "for {\n  f(", gobuild.ErrCompile, "in.go:2:5: syntax error: unexpected EOF, expected expression"},
		{"stray bracket", "f()\n}", gobuild.ErrCompile, "in.go:2:1: syntax error: unexpected }"},
		{"three values", "return 1, 2, 3", gobuild.ErrCompile, "in.go:1:1: too many return values: a source returns a value, an error, or both"},
		{"two mains", "func main() {}\nmain()", gobuild.ErrCompile, "in.go:1:6: main redeclared in this block"},
		{"several", "func F(ctx context.Context) {}\nfunc G(ctx context.Context) {}", gobuild.ErrNoFar, "in.go:2:6: several far functions: F, G; say which one is to run"},
		{"none", "func F() {}", gobuild.ErrNoFar, "in.go: no far function: one is declared as func(ctx context.Context, ...)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			failed := refused(t, c.kind, &gobuild.Request{Source: c.source, Name: "in.go", Dir: dir})
			if failed.Error() != c.message {
				t.Errorf("it says\n%v\nand not\n%s", failed, c.message)
			}
		})
	}
}

// Wherever the file of a source is said to be, that is where it is.
func TestNamesOfSources(t *testing.T) {
	dir := module(t, "")
	for _, name := range []string{"-e", "a b.go", "../x_test.go", filepath.Join(dir, "in", "x.go"), "/x.go", "wind*/ow.go"} {
		failed := refused(t, gobuild.ErrCompile, &gobuild.Request{Source: "x = = 1\nfor {", Name: name, Dir: dir})
		if len(failed.Messages) != 2 || failed.Messages[0].File != strings.ReplaceAll(name, "*/", "*_") || failed.Messages[0].Line != 1 || failed.Messages[1].Line != 2 {
			t.Errorf("of %q it says %+v", name, failed.Messages)
		}
	}
}
