package stdlib_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"strconv"
	"testing"

	"github.com/farside-go/farside/interp/stdlib"
	"github.com/traefik/yaegi/interp"
)

// TestInterpretedProgramsUseTheTables runs programs under yaegi, each with
// nothing loaded but what its own imports call for.
func TestInterpretedProgramsUseTheTables(t *testing.T) {
	for _, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			out, err := runProgram(t, p.source)
			if err != nil {
				t.Fatal(err)
			}
			if out != p.want {
				t.Errorf("output %q, want %q", out, p.want)
			}
		})
	}
}

// runProgram interprets a program and gives what it wrote with fmt.Print and
// its kin.
func runProgram(t *testing.T, source string) (out string, err error) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var stdout bytes.Buffer
	i := interp.New(interp.Options{})
	wrapperOfError := i.Symbols("")[""]
	use(t, i, "", wrapperOfError)
	for _, path := range importsOf(file) {
		for _, need := range stdlib.Needs(path) {
			use(t, i, need, stdlib.Wrappers(need))
		}
	}
	for _, path := range importsOf(file) {
		table := stdlib.Symbols(path)
		if table == nil {
			t.Fatalf("import %q: no table", path)
		}
		if path == "fmt" {
			capture(table, &stdout)
		}
		use(t, i, path, table)
	}
	_, err = i.Eval(source)
	return stdout.String(), err
}

// use gives a table and what MapTypes says about it to the interpreter.
func use(t *testing.T, i *interp.Interpreter, path string, table map[string]reflect.Value) {
	t.Helper()
	types := make(map[reflect.Value][]reflect.Type)
	for name, ts := range stdlib.MapTypes(path) {
		if v, ok := table[name]; ok {
			types[v] = ts
		}
	}
	exports := interp.Exports{".": {"MapTypes": reflect.ValueOf(types)}}
	if path != "" {
		exports[path+"//"+stdlib.Name(path)] = table
	}
	if err := i.Use(exports); err != nil {
		t.Fatal(err)
	}
}

// capture replaces the functions that write to standard output.
func capture(table map[string]reflect.Value, w *bytes.Buffer) {
	table["Print"] = reflect.ValueOf(func(a ...any) (int, error) { return fmt.Fprint(w, a...) })
	table["Printf"] = reflect.ValueOf(func(f string, a ...any) (int, error) { return fmt.Fprintf(w, f, a...) })
	table["Println"] = reflect.ValueOf(func(a ...any) (int, error) { return fmt.Fprintln(w, a...) })
}

func importsOf(file *ast.File) (paths []string) {
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		paths = append(paths, path)
	}
	return paths
}
