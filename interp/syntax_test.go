package interp_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/farside-go/farside/channel"
)

// start is where the text begins for the compiler. It reads it with more around it.
const start = "/*line user.go:1:1*/"

var brokenStatements = []string{
	"x := 1 2",
	"x := 1\n\tf(1 2)\n\n  y := := 3",
	"x := 1 2 // one\n\n/* two */ if x y {\n\ta b\n}\nz := []int{\n\t1\n}\n",
	"for i := 0; i < 3; i++\n{\n}",
	"x = \nvar a int b",
	"if true {",
	"f(1,\n\t2\n)",
	"_ = `never closed\n",
	"/* never closed\n",
	"return \"a\nreturn 08",
	"x := é é",
	"x := 1\nf(x))",
	"else {\n}\nx := 1",
	"x++ + 1; y := 3 3",
	"switch x {\ncase 1: a b\ncase c d:\n}",
	"return 1,\n",
	"func() { a b }()\nvar x := 1",
	"import \"os\n",
}

var brokenFiles = []string{
	"func F(ctx context.Context) {\n\tx := 1 2\n}\n\nfunc g() { y := 3 4 }\n",
	"func F(ctx context.Context, a int b int) {}\n",
	"func F(ctx context.Context) {\n\tx := 1 +\n",
	"import os\nfunc F(ctx context.Context) {}\n",
	"func main() {\n\tf(1, 2\n}\n",
}

// Without a package clause these are statements.
var brokenPackages = []string{
	"func F(ctx context.Context)\n{\n}\n",
	"type T struct {\n\ta int,\n}\nfunc F(ctx context.Context) { a b }\nx := 1\n",
	"func F(ctx context.Context) {\n\tif x == 1\n\t\treturn\n\t}\n}\n",
}

// What a source has wrong is said as the compiler says it of the same text, in each
// form that a source can have.
func TestSyntaxErrorsAreTheCompilers(t *testing.T) {
	toolchain, err := exec.LookPath("go")
	if err != nil {
		t.Skipf("NOT COMPARED with the compiler: %v", err)
	}
	compile := func(t *testing.T, text string) string { return compilerErrors(t, toolchain, text) }
	for _, text := range brokenStatements {
		t.Run("", func(t *testing.T) {
			want := compile(t, "package main\nfunc main() {\n"+start+text)
			if strings.HasPrefix(text, "import") {
				want = compile(t, "package main;"+start+text)
			}
			// Behind the text the compiler misses the bracket of the function.
			want = strings.TrimSuffix(want, "\n"+lastLine(want, ": syntax error: unexpected EOF, expected }"))
			want = strings.Replace(want, ": syntax error: unexpected keyword else, expected }", ": syntax error: unexpected keyword else", 1)
			r := newRunner(t, nil)
			r.wantSyntax(r.fault("compile", text), text, want)
			r.wantSyntax(r.lineFault("compile", text), text, want)
		})
	}
	for _, text := range brokenFiles {
		t.Run("", func(t *testing.T) {
			r := newRunner(t, nil)
			r.wantSyntax(r.fault("compile", text), text, compile(t, "package main\n"+start+text))
		})
	}
	for _, text := range append(brokenFiles, brokenPackages...) {
		t.Run("", func(t *testing.T) {
			text := "package main\n\n" + text
			want := compile(t, start+text)
			r := newRunner(t, nil)
			r.wantSyntax(r.fault("compile", text), text, want)
			err := r.in.Import("example.com/x", tree(map[string]string{"user.go": text}))
			want = strings.ReplaceAll(want, "user.go:", "example.com/x/user.go:")
			r.wantSyntax(r.asFault("compile", nil, err), text, want)
		})
	}
}

// lastLine gives the last line of several if it ends so.
func lastLine(text, end string) string {
	if line := text[strings.LastIndex(text, "\n")+1:]; strings.HasSuffix(line, end) {
		return line
	}
	return "no line"
}

func (r *runner) wantSyntax(fault *channel.Fault, text, want string) {
	r.t.Helper()
	if fault.Text != want {
		r.t.Errorf("%s\ngot\n%s\nwant\n%s", text, fault.Text, want)
	}
}

// compilerErrors gives what the compiler says of a file.
func compilerErrors(t *testing.T, toolchain, text string) string {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "user.go")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), toolchain, "tool", "compile", "-e", "-p=main", "-o="+filepath.Join(dir, "out"), "-trimpath="+dir, file)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		t.Fatalf("the compiler takes it: %v\n%s", err, text)
	}
	out = []byte(strings.ReplaceAll(string(out), dir+string(filepath.Separator), ""))
	return strings.TrimSuffix(string(out), "\n")
}
