package check_test

import (
	"go/token"
	"go/types"
	"strconv"
	"strings"
	"testing"

	"github.com/farside-go/farside/interp/internal/check"
)

// A session checks line after line, each as a package of its own that sees what
// the earlier ones declared.
type session struct {
	fset  *token.FileSet
	pkg   *types.Package
	known map[string]types.Object
}

func (s *session) line(tb testing.TB, text string) (*check.Package, error) {
	tb.Helper()
	if s.fset == nil {
		s.fset, s.known = token.NewFileSet(), make(map[string]types.Object)
	}
	files := parse(tb, s.fset, "package main; "+text)
	opts := &check.Options{Package: s.pkg, Unused: func(token.Pos) bool { return true }}
	for _, obj := range s.known {
		opts.Previous = append(opts.Previous, obj)
	}
	pkg, err := check.Check(s.fset, "main", files, opts)
	if err != nil {
		return nil, err
	}
	s.pkg = pkg.Types
	for _, name := range pkg.Types.Scope().Names() {
		s.known[name] = pkg.Types.Scope().Lookup(name)
	}
	for _, spec := range files[0].Imports {
		obj := pkg.Info.Implicits[spec]
		if spec.Name != nil {
			obj = pkg.Info.Defs[spec.Name]
		}
		if obj != nil {
			s.known[obj.Name()] = obj
		}
	}
	return pkg, nil
}

func TestLaterLinesSeeEarlierOnes(t *testing.T) {
	for name, lines := range map[string][]string{
		"variables":      {"var x = 1", "var y = x + 1", "func f() int { x++; return x + y }", "var z int = f()"},
		"constants":      {"const a = iota + 7", "const b = a * 2", "var c [b]int", "var d [14]int = c"},
		"types":          {"type T struct{ n int; next *T }", "var t = T{n: 1}", "var u = T{2, &t}", "var n int = u.next.n"},
		"methods":        {"type T int; func (t T) Twice() T { return t * 2 }; func (t *T) set() { *t = 1 }", "var t T = 2", "var u T = t.Twice()", "func f() { t.set() }"},
		"unexported":     {"type T struct{ x int }; func (T) m() {}", "type U struct{ T }", "var u U", "var i interface{ m() } = u", "var n = u.x"},
		"interfaces":     {"type I interface{ m() int }", "type T struct{}; func (T) m() int { return 1 }", "var i I = T{}", "var n, ok = i.(T)"},
		"generics":       {"func Map[T, U any](s []T, f func(T) U) []U { return nil }", "type List[T any] struct{ items []T }; func (l *List[T]) Add(v T) {}", "var l List[string]", "func f() { l.Add(\"a\") }", "var s []string = Map([]int{1}, func(i int) string { return \"\" })", "type M = List[List[int]]", "var m M"},
		"constraints":    {"type Num interface{ ~int | ~float64 }", "func Sum[T Num](xs ...T) (s T) { for _, x := range xs { s += x }; return }", "type MyInt int", "var s MyInt = Sum(MyInt(1), 2)"},
		"imports":        {`import "fmt"`, `func f() { fmt.Println() }`, `import str "strings"`, `var s = str.ToUpper(fmt.Sprint(1))`},
		"import again":   {`import "fmt"`, `import "fmt"; var s = fmt.Sprint(1)`, `var u = fmt.Sprint(2)`},
		"import over":    {`var strings = 1`, `import "strings"; var u = strings.ToUpper("x")`, `var v = strings.ToUpper("x")`},
		"over import":    {`import "strings"`, `var strings = 1`, `var n int = strings`},
		"dot import":     {`var Println = 1`, `import . "fmt"; func f() { Println("x") }`},
		"redeclared":     {"var x = 1", `var x = "a"`, "var s string = x", "func x() int { return 1 }", "var n int = x()", "type x struct{}", "var y = x{}"},
		"type again":     {"type T int", "var a T", "type T string", `var b T = "x"`, "var c = a + 1", "var d T = b + T(b[0])"},
		"aliases":        {"type A = map[string]int", "var a A", "var b map[string]int = a"},
		"init and blank": {"func init() {}; var _ = 1", "func init() {}; var _ = 2"},
		"closures":       {"var f = func(n int) int { return n }", "var g = func() int { return f(2) }", "var n int = g()"},
		"embedding":      {`import "sync"`, "type C struct { sync.Mutex; n int }", "var c C", "func f() { c.Lock(); defer c.Unlock(); c.n++ }"},
		"errors":         {`import "errors"`, `type E struct{}; func (E) Error() string { return "" }`, "var e E", "var err error = e", "var ok = errors.As(err, &e)", "var t, isE = errors.AsType[E](err)", "var same E = t"},
	} {
		t.Run(name, func(t *testing.T) {
			var s session
			for _, text := range lines {
				if _, err := s.line(t, text); err != nil {
					t.Fatalf("%s: %v", text, err)
				}
			}
		})
	}
}

func TestLaterLinesCannotMisuseEarlierOnes(t *testing.T) {
	for _, test := range []struct{ lines, want string }{
		{`var x = 1; var s string = x`, "a.go:1:30: cannot use x (variable of type int) as string value in variable declaration"},
		{`type T int; var a T; type T string; var b T = a`, "a.go:1:25: cannot use a (variable of int type T) as T value in variable declaration"},
		{`func f() {}; func g() { f(1) }`, "a.go:1:28: too many arguments in call to f\n\thave (number)\n\twant ()"},
		{`type T struct{}; func f(t T) { t.m() }`, "a.go:1:31: t.m undefined (type T has no field or method m)"},
		{`func Map[T any](f func(T) T) {}; func g() { Map(1) }`, "a.go:1:29: in call to Map, cannot infer T (declared at a.go:1:24)"},
		{`import "fmt"; var n int = fmt.Sprint(1)`, "a.go:1:27: cannot use fmt.Sprint(1) (value of type string) as int value in variable declaration"},
		{`import "fmt"; var f = fmt`, "a.go:1:23: use of package fmt not in selector"},
		{`type T int; func (t T) m() {}`, "a.go:1:23: cannot add method m to T, which an earlier entry declared: declare T again with all its methods in one entry (type T ...; func (T) m ...); values made before keep the old type"},
		{`const c = 1; func f() { c = 2 }`, "a.go:1:26: cannot assign to c (neither addressable nor a map index expression)"},
	} {
		t.Run(test.lines, func(t *testing.T) {
			var s session
			lines := strings.Split(test.lines, "; ")
			for i, text := range lines {
				_, err := s.line(t, text)
				switch {
				case i < len(lines)-1 && err != nil:
					t.Fatalf("line %d: %v", i, err)
				case i == len(lines)-1 && (err == nil || err.Error() != test.want):
					t.Errorf("got  %v\nwant %s", err, test.want)
				}
			}
		})
	}
}

// TestSessionUsesAreTheObjectsOfEarlierLines: what runs a line finds the earlier
// line's variable by its object.
func TestSessionUsesAreTheObjectsOfEarlierLines(t *testing.T) {
	var s session
	first, err := s.line(t, "var x = 1")
	if err != nil {
		t.Fatal(err)
	}
	x := first.Types.Scope().Lookup("x")
	for i := range 50 {
		if _, err := s.line(t, "var other"+strconv.Itoa(i)+" = x"); err != nil {
			t.Fatal(err)
		}
	}
	pkg, err := s.line(t, "func f() int { return x }")
	if err != nil {
		t.Fatal(err)
	}
	uses := 0
	for id, obj := range pkg.Info.Uses {
		if id.Name == "x" && obj == x {
			uses++
		}
	}
	if uses != 1 {
		t.Errorf("x is used %d times", uses)
	}
}

func TestAWrongLineLeavesNoTrace(t *testing.T) {
	var s session
	for _, text := range []string{"var x = 1", "type T int"} {
		if _, err := s.line(t, text); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.line(t, "var x = nosuch; type T string; var y = 1"); err == nil {
		t.Fatal("no error")
	}
	if _, err := s.line(t, "var n int = x; var t T = 2"); err != nil {
		t.Error(err)
	}
	if _, err := s.line(t, "var z = y"); err == nil {
		t.Error("y of the wrong line is known")
	}
}

func TestImportsOfEarlierLinesAreNotInTheFile(t *testing.T) {
	var s session
	if _, err := s.line(t, `import "strings"`); err != nil {
		t.Fatal(err)
	}
	pkg, err := s.line(t, `var x = strings.ToUpper("x")`)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(pkg.Files[0].Decls); n != 1 {
		t.Errorf("the file has %d declarations", n)
	}
}
