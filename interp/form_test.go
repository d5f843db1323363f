package interp_test

import (
	"fmt"
	"testing"
)

func TestStatements(t *testing.T) {
	r := newRunner(t, nil)
	for _, c := range []struct {
		source string
		want   any
	}{
		{"", nil},
		{"// nothing but a comment", nil},
		{"return", nil},
		{"return 1 + 1", 2},
		{"x := 20; return 2 * x", 40},
		{"return \"ok\", nil", "ok"},
		{"return nil", nil},
		{"return nil, nil", nil},
		{"var err error; return err", nil},
		{"return strings.ToUpper(`a`)", "A"},
		{"return strconv.Atoi(`12`)", 12},
		{"if len(args) == 0 { return `none` }; return `some`", "none"},
		{"for { return 7 }", 7},
		{"switch { case true: return 8 }", 8},
		{"f := func() int { return 9 }; f(); return f()", 9},
		{"L: for { for { break L } }; return 3", 3},
		{"const c = 5; var v = 6; return c + v", 11},
		{"return ctx.Err() == nil && channel != nil", true},
		{"if false { return 1 }", nil},
		{"{ return 4 }", 4},
	} {
		r.want(c.want, c.source)
	}
}

func TestDeclarationsAmongStatementsAreHoisted(t *testing.T) {
	r := newRunner(t, nil)
	r.want(42, "return double(21)\n\nfunc double(n int) int { return 2 * n }")
	r.want("<a>", `
		v := tag("a")
		return v.String()
		type tag string
		func (t tag) String() string { return "<" + string(t) + ">" }
	`)
	r.want(3, "import s \"strings\"\nreturn s.Count(`cheese`, `e`)")
	r.want(5, "import (\n\"strings\"\n)\n; return strings.Index(`12345x`, `x`)")
	r.want(1, "func(n int) { channel.Done() }(1); return 1 // a literal is no declaration")
	r.want("ok", "return helper()\nfunc helper() string { if ctx.Err() != nil || channel == nil || args == nil { return `no` }; return `ok` }")
	r.want(2, "return own(channel)\nfunc own(c *channel.Channel) int { return 2 }")
}

// The variable channel hides the package, but for what only the package has.
func TestStatementsUseChannelAndItsPackage(t *testing.T) {
	r := newRunner(t, nil)
	for _, c := range []struct{ name, source string }{
		{"type", "var c *channel.Channel = channel; return c == channel"},
		{"variable", "return errors.Is(channel.ErrLost, channel.ErrLost)"},
		{"constant", "return channel.Near != channel.Far"},
		{"generic function", "return channel.Of[int](channel).Channel() == channel"},
		{"generic type", "var c channel.Typed[string]; return c.Channel() == nil"},
		{"method", "f := channel.Receive; var _ func(context.Context) (any, error) = f; return true"},
		{"generic function of a method's name", "f := channel.Receive[int]; var _ func(context.Context, *channel.Channel) (int, error) = f; return true"},
		{"imported", "import \"github.com/farside-go/farside/channel\"\nreturn channel.Of[int](channel).Channel() == channel"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &runner{t: t, in: r.in, ch: r.ch}
			r.want(true, c.source)
		})
	}
	r.contains(r.fault("compile", "channel.Nosuch()").Text, "channel.Nosuch undefined (type *channel.Channel has no")
}

func TestArgsOfStatements(t *testing.T) {
	r := newRunner(t, nil)
	r.want([]any{1, "two", []any{3}, nil}, "return args", 1, "two", []int{3}, nil)
	r.want(3, "return args[0].(int) + 1", 2)
}

func TestImportsAsUsedChooseByTheSymbols(t *testing.T) {
	r := newRunner(t, nil)
	for _, source := range []string{
		"json.Marshal(1)", "rand.IntN(3)", "rand.Seed(1)", "rand.Prime(nil, 0)", "template.HTMLEscapeString(``)",
		"_ = template.HTML(``)", "scanner.ErrorList{}.Len()", "pprof.Lookup(``)", "heap.Init(nil)", "filepath.Base(``)",
	} {
		if _, err := r.run("if false { " + source + " }"); err != nil {
			t.Errorf("%s: %v", source, err)
		}
	}
}

// The interfaces behind these belong to packages that the source does not import.
func TestInterpretedTypesMeetInterfacesOfOtherPackages(t *testing.T) {
	r := newRunner(t, nil)
	r.want("<a>", "var w W; fmt.Fprint(&w, `a`); return w.s\ntype W struct{ s string }\nfunc (w *W) Write(p []byte) (int, error) { w.s += `<` + string(p) + `>`; return len(p), nil }")
	r.want([]int{1, 2, 3}, "s := L{3, 1, 2}; sort.Sort(s); return []int(s)\ntype L []int\nfunc (l L) Len() int { return len(l) }\nfunc (l L) Less(i, j int) bool { return l[i] < l[j] }\nfunc (l L) Swap(i, j int) { l[i], l[j] = l[j], l[i] }")
	r.want("GET", "req, err := http.NewRequest(`GET`, `http://example.com`, nil); if err != nil { return nil, err }; return req.Method")
	r.want("str", "return fmt.Sprint(T{})\ntype T struct{}\nfunc (T) String() string { return `str` }")
}

func TestLocalNamesHidePackages(t *testing.T) {
	r := newRunner(t, nil)
	r.want(1, "json := struct{ A int }{1}; return json.A")
	r.want(2, "return f(struct{ A int }{2})\nfunc f(time struct{ A int }) int { return time.A }")
	r.want(3, "var sort = struct{ A int }{3}; return sort.A")
}

func TestThreeOrMoreReturnValuesAreRefused(t *testing.T) {
	r := newRunner(t, nil)
	r.wantAt(r.fault("compile", "x := 1\n  return x, 2, nil"), "user.go", 2, 3)
}

func TestFarFunction(t *testing.T) {
	r := newRunner(t, nil)
	for _, c := range []struct {
		name, source string
		args         []any
		want         any
	}{
		{"result and error", "func F(ctx context.Context, a, b int) (int, error) { return a + b, nil }", []any{1, 2}, 3},
		{"result", "func F(ctx context.Context) string { return `r` }", nil, "r"},
		{"error", "func F(ctx context.Context) error { return nil }", nil, nil},
		{"nothing", "func F(ctx context.Context) {}", nil, nil},
		{"channel", "func F(ctx context.Context, ch *channel.Channel, s string) (string, error) { return ch.Label() + s, ch.Err() }", []any{"!"}, "test!"},
		{"clause", "package far\nimport \"context\"\nfunc F(ctx context.Context) int { return 1 }", nil, 1},
		{"clause without imports", "package main\nfunc F(ctx context.Context) int { return len(os.Args) }", nil, 1},
		{"unexported", "func f(ctx context.Context) int { return 2 }", nil, 2},
		{"exported preferred", "func f(ctx context.Context) int { return 3 }; func G(ctx context.Context) int { return f(ctx) + 1 }", nil, 4},
		{"helpers and globals", "var n = 5\nfunc F(ctx context.Context) int { return g() }\nfunc g() int { return n }", nil, 5},
		{"init", "var n int\nfunc init() { n = 6 }\nfunc F(ctx context.Context) int { return n }", nil, 6},
		{"renamed context", "import c \"context\"\nfunc F(c.Context) int { return 7 }", nil, 7},
		{"variadic", "func F(ctx context.Context, s string, n ...int) string { return fmt.Sprint(s, n) }", []any{"a", 1, 2}, "a[1 2]"},
		{"variadic none", "func F(ctx context.Context, n ...int) int { return len(n) }", nil, 0},
		{"struct", "type P struct{ Name string; Age int }\nfunc F(ctx context.Context, p P) string { return fmt.Sprint(p.Name, p.Age) }",
			[]any{map[string]any{"Name": "ann", "Age": 3}}, "ann3"},
		{"slice and map", "func F(ctx context.Context, s []string, m map[string]int) string { return fmt.Sprint(s, m) }",
			[]any{[]string{"x"}, map[string]int{"k": 1}}, "[x] map[k:1]"},
		{"any", "func F(ctx context.Context, v any) string { return fmt.Sprintf(`%T`, v) }", []any{1.5}, "float64"},
		{"pointer", "func F(ctx context.Context, p *int) int { return *p }", []any{8}, 8},
		{"named type", "type N int\nfunc F(ctx context.Context, n N) int { return int(n) }", []any{9}, 9},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &runner{t: t, in: r.in, ch: r.ch}
			r.want(c.want, c.source, c.args...)
		})
	}
}

func TestFarFunctionByName(t *testing.T) {
	r := newRunner(t, nil)
	source := "func F(ctx context.Context) int { return 1 }\nfunc G(ctx context.Context) int { return 2 }\n" +
		"func add(a, b int) int { return a + b }\nfunc main() { panic(0) }\nfunc H(ctx context.Context) { main() }"
	job := r.job(source)
	for name, want := range map[string]int{"F": 1, "G": 2} {
		job.Func = name
		if got, err := r.in.Run(t.Context(), job); err != nil || got != want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	job = r.job(source, 20, 22)
	job.Func = "add"
	if got, err := r.in.Run(t.Context(), job); err != nil || got != 42 {
		t.Errorf("add: %v, %v", got, err)
	}
	job = r.job(source)
	job.Func = "missing"
	got, err := r.in.Run(t.Context(), job)
	r.contains(r.asFault("compile", got, err).Text, "user.go: no function missing")
	job.Func = "H"
	got, err = r.in.Run(t.Context(), job)
	r.asFault("panic", got, err)
}

func TestSeveralFarFunctionsAreNamed(t *testing.T) {
	r := newRunner(t, nil)
	fault := r.fault("compile", "func F(ctx context.Context) {}\nfunc G(ctx context.Context) {}")
	r.contains(fault.Text, "several far functions: F, G", "say which")
	r.wantAt(fault, "user.go", 2, 6)
	r.contains(r.fault("compile", "func f() {}").Text, "no far function")
	r.contains(r.fault("compile", "package far").Text, "no far function")
	r.contains(r.fault("compile", "func F[T any](ctx context.Context, v T) {}").Text, "F cannot be a far function", "type parameters")
	r.contains(r.fault("compile", "func F(ctx context.Context) (a, b, c int) { return }").Text, "F cannot be a far function")
}

func TestWrongArgumentsAreRefusedBeforeTheFunctionRuns(t *testing.T) {
	r := newRunner(t, nil)
	const source = "func Add(ctx context.Context, a int, names ...string) int { println(`ran`); return a }"
	for _, c := range []struct {
		args []any
		want []string
	}{
		{nil, []string{"call Add", "at least 1", "a int, names ...string", "not 0"}},
		{[]any{"x"}, []string{"call Add", "argument 1 (a int)"}},
		{[]any{1, "x", 2}, []string{"call Add", "argument 3 (names ...string)"}},
	} {
		_, err := r.run(source, c.args...)
		r.contains(fmt.Sprint(err), c.want...)
	}
	_, err := r.run("func F(ctx context.Context, ch *channel.Channel, a int) { println(`ran`) }", 1, 2)
	r.contains(fmt.Sprint(err), "call F: it takes 1 argument (a int), not 2")
	r.wantOutput("", "")
}

func TestMainProgram(t *testing.T) {
	r := newRunner(t, nil)
	r.want(nil, `package main

import "fmt"

var greeting = word() + "!"

func word() string { return "hello" }

func init() { fmt.Println("init") }

func main() {
	fmt.Println(greeting, len(os.Args), os.Args[1:])
}
`, "a", 2)
	r.wantOutput("init\nhello! 3 [a 2]\n", "")
	r.want(nil, "func main() { fmt.Println(os.Args[0]) }")
	r.wantOutput("user.go\n", "")
}

func TestMainProgramTakesItsGoroutinesWithIt(t *testing.T) {
	r := newRunner(t, nil)
	r.want(nil, `package main
func main() {
	blocked := make(chan int)
	go func() { <-blocked }()
	started := make(chan bool)
	go func() { defer println("not at home either"); started <- true; for { } }()
	<-started
}`)
	r.wantOutput("", "")
}

func TestWhatCannotBeInterpretedIsRefusedWithAWayOut(t *testing.T) {
	r := newRunner(t, nil)
	for source, want := range map[string]string{
		"import `unsafe`\nreturn int(unsafe.Sizeof(1))":                                         "user.go:1:8: unsafe cannot be used",
		"package main\nimport \"C\"\nfunc main() {}":                                            "build the program instead",
		"package main\nfunc f()\nfunc main() { f() }":                                           "missing function body",
		"package main\nimport _ \"unsafe\"\n//go:linkname f time.now\nfunc f()\nfunc main() {}": "build the program instead",
	} {
		r.contains(r.fault("compile", source).Text, want)
	}
}

func TestNextRunOfASourceHasFreshVariables(t *testing.T) {
	r := newRunner(t, nil)
	for range 3 {
		r.want(1, "func F(ctx context.Context) int { calls++; seen[`x`] = append(seen[`x`], calls); return calls * len(seen[`x`]) }\n"+
			"var calls int\nvar seen = map[string][]int{}")
	}
}
