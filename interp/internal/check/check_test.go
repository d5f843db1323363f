package check_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/farside-go/farside/interp/internal/check"
)

// script is what a user might send: a hundred lines upon five packages.
const script = `package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"
)

type event struct {
	At    time.Time         ` + "`json:\"at\"`" + `
	What  string            ` + "`json:\"what\"`" + `
	Tags  map[string]string ` + "`json:\"tags,omitempty\"`" + `
	Count int
}

func (e event) String() string {
	return fmt.Sprintf("%s %s x%d", e.At.Format(time.RFC3339), strings.ToUpper(e.What), e.Count)
}

type store interface {
	add(event) error
	all() []event
}

type memory struct {
	events []event
	limit  int
}

func (m *memory) add(e event) error {
	if len(m.events) >= m.limit {
		return fmt.Errorf("store is full: %d events", m.limit)
	}
	m.events = append(m.events, e)
	return nil
}

func (m *memory) all() []event { return m.events }

func Map[T, U any](list []T, f func(T) U) []U {
	out := make([]U, 0, len(list))
	for _, v := range list {
		out = append(out, f(v))
	}
	return out
}

func parse(line string) (e event, err error) {
	fields := strings.Fields(line)
	switch {
	case len(fields) < 2:
		return e, fmt.Errorf("too short: %q", line)
	case strings.HasPrefix(line, "{"):
		err = json.Unmarshal([]byte(line), &e)
		return e, err
	}
	if e.At, err = time.Parse(time.DateOnly, fields[0]); err != nil {
		return e, err
	}
	e.What, e.Count = strings.Join(fields[1:], " "), len(fields)-1
	e.Tags = map[string]string{"source": "line"}
	return e, nil
}

func load(s store, text string) (failed []error) {
	for line := range strings.Lines(text) {
		e, err := parse(strings.TrimSpace(line))
		if err == nil {
			err = s.add(e)
		}
		if err != nil {
			failed = append(failed, err)
		}
	}
	return failed
}

func main() {
	data, err := os.ReadFile("events.txt")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var s store = &memory{limit: 100}
	for i, err := range load(s, string(data)) {
		fmt.Println(i, err)
	}
	names := Map(s.all(), event.String)
	total := 0
	for _, e := range s.all() {
		total += e.Count
		if time.Since(e.At) > 24*time.Hour {
			defer fmt.Println("old:", e)
		}
	}
	enc := json.NewEncoder(os.Stdout)
	enc.SetIndent("", "\t")
	if err := enc.Encode(map[string]any{"names": names, "total": total}); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}
`

// parse parses files called a.go, b.go and so on.
func parse(tb testing.TB, fset *token.FileSet, texts ...string) []*ast.File {
	tb.Helper()
	files := make([]*ast.File, len(texts))
	for i, text := range texts {
		file, err := parser.ParseFile(fset, string(rune('a'+i))+".go", text, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			tb.Fatal(err)
		}
		files[i] = file
	}
	return files
}

func checked(tb testing.TB, opts *check.Options, texts ...string) (*check.Package, error) {
	tb.Helper()
	fset := token.NewFileSet()
	return check.Check(fset, "main", parse(tb, fset, texts...), opts)
}

func TestRightProgramIsFullyDescribed(t *testing.T) {
	pkg, err := checked(t, nil, script)
	if err != nil {
		t.Fatal(err)
	}
	if pkg.Types.Name() != "main" || pkg.Types.Scope().Lookup("event") == nil {
		t.Errorf("package %v", pkg.Types)
	}
	info := pkg.Info
	for name, n := range map[string]int{
		"Types": len(info.Types), "Defs": len(info.Defs), "Uses": len(info.Uses),
		"Implicits": len(info.Implicits), "Selections": len(info.Selections), "Scopes": len(info.Scopes),
	} {
		if n == 0 && name != "Implicits" {
			t.Errorf("%s is empty", name)
		}
	}
	if got := info.FileVersions[pkg.Files[0]]; got != "go1.26" {
		t.Errorf("checked against %q", got)
	}
}

func TestAllErrorsAreGivenInOrder(t *testing.T) {
	_, err := checked(t, nil, "package main\n\nfunc main() {\n\tb()\n\ta()\n}\n", "package main\n\nvar x int = nosuch\n")
	var list check.ErrorList
	if !errors.As(err, &list) {
		t.Fatal(err)
	}
	want := check.ErrorList{
		{File: "a.go", Line: 4, Column: 2, Msg: "undefined: b"},
		{File: "a.go", Line: 5, Column: 2, Msg: "undefined: a"},
		{File: "b.go", Line: 3, Column: 13, Msg: "undefined: nosuch"},
	}
	if len(list) != 3 || list[0] != want[0] || list[1] != want[1] || list[2] != want[2] {
		t.Errorf("got\n%v\nwant\n%v", list, want)
	}
	var one check.Error
	if !errors.As(err, &one) || one != want[0] {
		t.Errorf("the first error is %v", one)
	}
}

func TestOnlyUnusedThingsAreTolerated(t *testing.T) {
	text := "package main\n\nimport \"fmt\"\nimport str \"strings\"\n\nfunc main() {\n\tx := 1\n\tvar y int\n\tz()\n}\n"
	_, err := checked(t, &check.Options{Unused: func(token.Pos) bool { return true }}, text)
	if err == nil || err.Error() != "a.go:9:2: undefined: z" {
		t.Errorf("got %v", err)
	}
	// Only the variable y is declared behind the 74th byte.
	_, err = checked(t, &check.Options{Unused: func(pos token.Pos) bool { return pos < 75 }}, text)
	if want := "a.go:8:6: declared and not used: y\na.go:9:2: undefined: z"; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}

func TestPackageOfAnotherImporterComesFirst(t *testing.T) {
	lib, err := checked(t, nil, "package lib\n\nfunc Greet(name string) string { return \"hello \" + name }\n")
	if err != nil {
		t.Fatal(err)
	}
	im := trees{"example.com/lib": lib.Types}
	if _, err := checked(t, &check.Options{Importer: im}, "package main\n\nimport \"example.com/lib\"\n\nvar _ string = lib.Greet(\"x\")\n"); err != nil {
		t.Error(err)
	}
	_, err = checked(t, &check.Options{Importer: im}, "package main\n\nimport \"example.com/lib\"\nimport \"fmt\"\n\nvar _ = lib.Greet(fmt.Sprint)\n")
	if want := "a.go:6:19: cannot use fmt.Sprint (value of type func(a ...any) string) as string value in argument to lib.Greet"; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}

// trees are packages that were imported to a far side.
type trees map[string]*types.Package

func (t trees) Import(path string) (*types.Package, error) {
	if pkg := t[path]; pkg != nil {
		return pkg, nil
	}
	return check.NewImporter().Import(path)
}

func BenchmarkCheck(b *testing.B) {
	im := check.NewImporter()
	fset := token.NewFileSet()
	files := parse(b, fset, script)
	opts := &check.Options{Importer: im}
	for b.Loop() {
		if _, err := check.Check(fset, "main", files, opts); err != nil {
			b.Fatal(err)
		}
	}
}
