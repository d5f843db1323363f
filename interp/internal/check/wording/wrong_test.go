package wording_test

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/farside-go/farside/interp/internal/check"
)

// TestErrorsAreTheCompilers gives wrong programs to the compiler and to Check,
// and compares line, column and text of every error.
func TestErrorsAreTheCompilers(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/wrong.txtar")
	if err != nil {
		t.Fatal(err)
	}
	config := importConfig(t)
	for _, file := range archive.Files {
		t.Run(file.Name, func(t *testing.T) {
			t.Parallel()
			want := compile(t, config, file.Name, file.Data)
			got := checkText(t, file.Name, file.Data)
			if len(want) == 0 {
				t.Fatal("the compiler takes it")
			}
			compareErrors(t, got, want)
		})
	}
}

func compareErrors(t *testing.T, got, want []string) {
	t.Helper()
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("the compiler says, and Check does not:\n%s", w)
		}
	}
	for _, g := range got {
		if !slices.Contains(want, g) {
			t.Errorf("Check says, and the compiler does not:\n%s", g)
		}
	}
	if !t.Failed() && !slices.Equal(got, want) {
		t.Errorf("the order differs:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// checkText gives the errors of Check, each as one string.
func checkText(t *testing.T, name string, text []byte) []string {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		t.Fatalf("a program that cannot be parsed: %v", err)
	}
	_, err = check.Check(fset, "main", []*ast.File{file}, nil)
	var list check.ErrorList
	if err != nil && !errors.As(err, &list) {
		t.Fatal(err)
	}
	var lines []string
	for _, e := range list {
		lines = append(lines, e.Error())
	}
	return lines
}

// compile gives the errors of the compiler, each as one string.
func compile(t *testing.T, config, name string, text []byte) []string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "tool", "compile", "-e", "-p=main", "-lang=go1.26", "-complete",
		"-importcfg="+config, "-o="+filepath.Join(dir, "out"), "-trimpath="+dir, filepath.Join(dir, name))
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("go tool compile: %v", err)
	}
	var list []string
	for line := range strings.Lines(different(string(out))) {
		line = strings.ReplaceAll(strings.TrimRight(line, "\n"), dir+string(filepath.Separator), "")
		if strings.HasPrefix(line, "\t") {
			list[len(list)-1] += "\n" + line
			continue
		}
		list = append(list, line)
	}
	return list
}

// different takes out of the compiler's text what differs here, and is to.
func different(text string) string {
	// It shows the path of a package if any package that is linked in has the same
	// name, be it an internal one that no user knows.
	text = regexp.MustCompile(`"(?:[a-z]+/)*([a-z]+)"\.`).ReplaceAllString(text, "$1.")
	// It knows where the standard library declares something.
	text = regexp.MustCompile(`\n\t\$GOROOT.*`).ReplaceAllString(text, "")
	return regexp.MustCompile(` \(declared at \$GOROOT[^)]*\)`).ReplaceAllString(text, "")
}

// importConfig tells the compiler where the export data of the standard library
// is.
func importConfig(t *testing.T) string {
	t.Helper()
	cmd := exec.Command("go", "list", "-export", "-f", "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}", "std")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list -export std: %v\n%s", err, &stderr)
	}
	file := filepath.Join(t.TempDir(), "importcfg")
	if err := os.WriteFile(file, out, 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}
