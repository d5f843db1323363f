package interp_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestPanicSaysWhereAndWhat(t *testing.T) {
	r := newRunner(t, nil)
	const nilPointer = "panic: runtime error: invalid memory address or nil pointer dereference"
	for _, c := range []struct {
		source       string
		line, column int
		text         string
	}{
		{"panic(`text`)", 1, 1, "panic: text"},
		{"x := 1\nx++\npanic(fmt.Errorf(`e%d`, x))", 3, 1, "panic: e2"},
		{"panic(42)", 1, 1, "panic: 42"},
		{"panic(errors.New(`e`))", 1, 1, "panic: e"},
		{"i := 5\na := []int{1}\nx := 1\nx += a[i]\n_ = x", 4, 6, "panic: runtime error: index out of range"},
		{"i := 5\na := [2]int{}\n\ta[i] = 1", 3, 2, "panic: runtime error: index out of range"},
		{"i := 5\ns := `x`\n_ = s[i]", 3, 5, "panic: runtime error: index out of range"},
		{"i := 5\ns := []int{}\n_ = s[:i]", 3, 5, "panic: runtime error: slice bounds out of range"},
		{"var m map[string]int\nm[`x`] = 1", 2, 1, "panic: assignment to entry in nil map"},
		{"x := 0\ny := 1\ny = y / x\n_ = y", 3, 5, "panic: runtime error: integer divide by zero"},
		{"x := 0\ny := 1\ny %= x\n_ = y", 3, 1, "panic: runtime error: integer divide by zero"},
		{"var p *struct{ X int }\np.X = 1", 2, 1, nilPointer},
		{"var p *struct{ X int }\nx := 0\nx = p.X\n_ = x", 3, 5, nilPointer},
		{"var p *int\n*p = 1", 2, 1, nilPointer},
		{"var f func()\nf()", 2, 1, nilPointer},
		{"var e error\n_ = e.Error()", 2, 5, nilPointer},
		{"var c chan int\nclose(c)", 2, 1, "panic: close of nil channel"},
		{"c := make(chan int)\nclose(c)\nc <- 1", 3, 1, "panic: send on closed channel"},
		{"var a any = 1\n_ = a.(string)", 2, 5, "panic: interface conversion: interface {} is int, not string"},
		{"n := -1\n_ = strings.Repeat(`x`, n)", 2, 5, "panic: strings: negative Repeat count"},
		{"n := -1\n_ = make([]int, n)", 2, 5, "panic: runtime error: makeslice: len out of range"},
		{"regexp.MustCompile(`(`)", 1, 1, "panic: regexp: Compile(`(`): error parsing regexp"},
		{"type T struct { A int }\npanic(T{1})", 2, 1, "{A:1}"},
	} {
		fault := r.fault("panic", c.source)
		r.wantAt(fault, "user.go", c.line, c.column)
		r.contains(fault.Text, c.text)
	}
}

func TestStackNamesTheFarFunctionsAndWhereTheyWere(t *testing.T) {
	r := newRunner(t, nil)
	fault := r.fault("panic", `x := 1
outer(x)
type T struct{}
func outer(n int) {
	n++
	T{}.method(n)
}
func (T) method(n int) {
	func() {
		inner(n)
	}()
}
func inner(n int) {
	panic("deep")
}`)
	want := "main.inner(...)\n\tuser.go:14:2\n" +
		"main.T.method.func1(...)\n\tuser.go:10:3\n" +
		"main.T.method(...)\n\tuser.go:9:2\n" +
		"main.outer(...)\n\tuser.go:6:2\n" +
		"main.main(...)\n\tuser.go:2:1\n"
	if fault.Stack != want {
		t.Errorf("got\n%swant\n%s", fault.Stack, want)
	}
}

func TestStackGoesThroughCompiledCode(t *testing.T) {
	r := newRunner(t, nil)
	fault := r.fault("panic", "s := []int{1, 2}\nsort.Slice(s, func(i, j int) bool {\n\tpanic(`in less`)\n})")
	r.wantAt(fault, "user.go", 3, 2)
	if want := "main.main.func1(...)\n\tuser.go:3:2\nmain.main(...)\n\tuser.go:2:1\n"; fault.Stack != want {
		t.Errorf("got\n%swant\n%s", fault.Stack, want)
	}
}

func TestRecoveredPanicsLeaveNoTrace(t *testing.T) {
	r := newRunner(t, nil)
	const helpers = `
func safe(f func()) (msg any) {
	defer func() { msg = recover() }()
	f()
	return nil
}
func a() { panic("a") }
func b() { safe(a); safe(func() { safe(a) }); panic("b") }
`
	r.want(nil, "safe(a)"+helpers)
	fault := r.fault("panic", "safe(a)\nsafe(a)\nb()"+helpers)
	r.wantAt(fault, "user.go", 10, 47)
	if want := "main.b(...)\n\tuser.go:10:47\nmain.main(...)\n\tuser.go:3:1\n"; fault.Stack != want {
		t.Errorf("got\n%swant\n%s", fault.Stack, want)
	}
	fault = r.fault("panic", "defer func() { safe(a) }()\npanic(`outer`)"+helpers)
	r.wantAt(fault, "user.go", 2, 1)
	r.contains(fault.Text, "panic: outer")
	// A panic that is recovered in the goroutine that it ends.
	fault = r.fault("panic", "done := make(chan bool)\ngo func() { defer func() { recover(); done <- true }(); a() }()\n<-done\npanic(`x`)"+helpers)
	if want := "main.main(...)\n\tuser.go:4:1\n"; fault.Stack != want {
		t.Errorf("got\n%swant\n%s", fault.Stack, want)
	}
	// fmt recovers the panics of methods that it calls.
	fault = r.fault("panic", "fmt.Println(T{})\npanic(`after`)\ntype T struct{}\nfunc (T) String() string { panic(`in String`) }")
	if want := "main.main(...)\n\tuser.go:2:1\n"; fault.Stack != want {
		t.Errorf("got\n%swant\n%s", fault.Stack, want)
	}
}

func TestPanicIsNotPrinted(t *testing.T) {
	r := newRunner(t, nil)
	r.fault("panic", "panic(1)")
	r.wantOutput("", "")
}

func TestPanicRunsDeferredFunctions(t *testing.T) {
	r := newRunner(t, nil)
	r.fault("panic", "defer fmt.Println(`compiled`); defer func() { fmt.Println(`interpreted`) }(); panic(1)")
	r.wantOutput("interpreted\ncompiled\n", "")
}

func TestPanicInAnImportedPackage(t *testing.T) {
	r := newRunner(t, nil)
	tree := fstest.MapFS{
		"deep/a.go":  {Data: []byte("package deep\n\nfunc A(s []int) int {\n\tn := 3\n\treturn s[n]\n}\n")},
		"deep/b.go":  {Data: []byte("package deep\n\nvar zero int\n\nfunc init() {\n\tif zero > 0 {\n\t\tpanic(`init`)\n\t}\n}\n")},
		"bad/bad.go": {Data: []byte("package bad\n\nfunc init() {\n\tpanic(`at init`)\n}\n")},
	}
	if err := r.in.Import("example.com/p", tree); err != nil {
		t.Fatal(err)
	}
	fault := r.fault("panic", "import `example.com/p/deep`\ndeep.A(nil)")
	r.wantAt(fault, "example.com/p/deep/a.go", 5, 9)
	if want := "example.com/p/deep.A(...)\n\texample.com/p/deep/a.go:5:9\nmain.main(...)\n\tuser.go:2:1\n"; fault.Stack != want {
		t.Errorf("got\n%swant\n%s", fault.Stack, want)
	}
	fault = r.fault("panic", "import _ `example.com/p/bad`")
	r.wantAt(fault, "example.com/p/bad/bad.go", 4, 2)
}

func TestDeepStacksAreCut(t *testing.T) {
	r := newRunner(t, nil)
	fault := r.fault("panic", "f(0)\nfunc f(n int) { if n == 1000 { panic(`deep`) }; f(n + 1) }")
	r.contains(fault.Stack, "main.main(...)\n\tuser.go:1:1\n", " more\n")
	if lines := strings.Count(fault.Stack, "\n"); lines > 250 {
		t.Errorf("%d lines", lines)
	}
	r.wantAt(fault, "user.go", 2, 32)
}

func TestPanicsOfRunsAtOnceAreKeptApart(t *testing.T) {
	r := newRunner(t, nil)
	done := make(chan bool)
	for i := range 8 {
		go func() {
			defer func() { done <- true }()
			source := strings.Repeat("\n", i) + "panic(`x`)"
			_, err := r.in.Run(t.Context(), r.job(source))
			r.wantAt(r.asFault("panic", nil, err), "user.go", i+1, 1)
		}()
	}
	for range 8 {
		<-done
	}
}

func TestPanicValueWhoseTextPanics(t *testing.T) {
	r := newRunner(t, nil)
	r.contains(r.fault("panic", "var err error = T{}; panic(err)\ntype T struct{}\nfunc (T) Error() string { panic(`again`) }").Text, "panic")
}
