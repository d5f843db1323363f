package stdlib_test

import (
	"net/http"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/farside-go/farside/interp/stdlib"
)

func TestEveryPackageHasATable(t *testing.T) {
	packages := stdlib.Packages()
	if !slices.IsSorted(packages) || len(packages) < 150 {
		t.Errorf("packages: %v", packages)
	}
	for _, path := range packages {
		if stdlib.Symbols(path) == nil || stdlib.Name(path) == "" {
			t.Errorf("package %s is listed and has no table", path)
		}
	}
}

func TestSymbolsAreTheRealOnes(t *testing.T) {
	get := func(path, name string) reflect.Value {
		t.Helper()
		v, ok := stdlib.Symbols(path)[name]
		if !ok {
			t.Fatalf("no symbol %s in %s", name, path)
		}
		return v
	}
	if out := get("fmt", "Sprint").Call([]reflect.Value{reflect.ValueOf("hi")}); out[0].String() != "hi" {
		t.Errorf("fmt.Sprint(hi) = %v", out)
	}
	if get("fmt", "Println").Kind() != reflect.Func {
		t.Error("fmt.Println is not a function")
	}
	if args := get("os", "Args"); !args.CanSet() || args.Addr().Interface() != &os.Args {
		t.Error("os.Args is not the variable itself")
	}
	if client := get("net/http", "DefaultClient"); client.Addr().Interface() != &http.DefaultClient {
		t.Error("http.DefaultClient is not the variable itself")
	}
	if typ := get("strings", "Builder").Type().Elem(); typ != reflect.TypeFor[strings.Builder]() {
		t.Errorf("strings.Builder is %v", typ)
	}
}

func TestSymbolsMakesANewMapOfTheSameValues(t *testing.T) {
	a, b := stdlib.Symbols("fmt"), stdlib.Symbols("fmt")
	if !reflect.DeepEqual(a, b) {
		t.Fatal("two calls differ")
	}
	for name := range a {
		if a[name] != b[name] {
			t.Errorf("%s: not the same key of a map", name)
		}
	}
	delete(a, "Println")
	if _, ok := stdlib.Symbols("fmt")["Println"]; !ok {
		t.Error("a change to one map is seen in the next")
	}
}

func TestUnknownPackageHasNothing(t *testing.T) {
	for _, path := range append(without, "", "net/httq", "internal/abi", "fmt/fmt") {
		if stdlib.Symbols(path) != nil || stdlib.Name(path) != "" {
			t.Errorf("package %q has something", path)
		}
	}
	if got := stdlib.Paths("nosuch"); len(got) != 0 {
		t.Errorf("Paths(nosuch) = %v", got)
	}
}

func TestPathsOrdersByPreference(t *testing.T) {
	for name, want := range map[string][]string{
		"fmt":      {"fmt"},
		"pprof":    {"runtime/pprof"},
		"rand":     {"math/rand", "math/rand/v2", "crypto/rand"},
		"scanner":  {"text/scanner", "go/scanner"},
		"template": {"text/template", "html/template"},
	} {
		if got := stdlib.Paths(name); !slices.Equal(got, want) {
			t.Errorf("Paths(%s) = %v, want %v", name, got, want)
		}
	}
	for _, path := range stdlib.Packages() {
		if !slices.Contains(stdlib.Paths(stdlib.Name(path)), path) {
			t.Errorf("Paths(%s) lacks %s", stdlib.Name(path), path)
		}
	}
}

// TestNothingHappensAtInit asks the runtime which packages had to be
// initialised in this very program.
func TestNothingHappensAtInit(t *testing.T) {
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	var trace strings.Builder
	cmd.Stderr = &trace
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(trace.String(), "init os @") {
		t.Fatalf("no trace of initialisation:\n%s", trace.String())
	}
	if self := reflect.TypeFor[pkg]().PkgPath(); strings.Contains(trace.String(), "init "+strings.TrimSuffix(self, "_test")+" @") {
		t.Errorf("the package is initialised at the start:\n%s", trace.String())
	}
}

// pkg tells the import path of this package.
type pkg struct{}

func BenchmarkSymbols(b *testing.B) {
	for _, path := range []string{"fmt", "strings", "os", "net/http", "syscall"} {
		b.Run(path, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				stdlib.Symbols(path)
			}
		})
	}
}
