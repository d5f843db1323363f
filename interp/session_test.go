package interp_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/interp"
)

// A step is a line of a session with what it must give: a value as text, the
// name of a Fault behind a "!", or nothing.
type step struct{ line, want string }

func (r *runner) steps(steps ...step) {
	r.t.Helper()
	for _, s := range steps {
		got, err := r.line(s.line)
		text := ""
		if v, ok := got.(interp.Value); ok {
			text = v.Text
		}
		var fault *channel.Fault
		switch {
		case errors.As(err, &fault):
			text = "!" + fault.Name
		case err != nil:
			text = "!" + err.Error()
		}
		if text != s.want {
			r.t.Errorf("%q gave %q, want %q (%v)", s.line, text, s.want, err)
		}
	}
}

func TestSessionKeepsWhatLinesDeclare(t *testing.T) {
	newRunner(t, nil).steps(
		step{"x := 20", ""},
		step{"x + 1", "21"},
		step{"func double(n int) int { return 2 * n }", ""},
		step{"double(x)", "40"},
		step{"type T struct { A int; b string }\nfunc (t T) Sum() int { return t.A + len(t.b) }", ""},
		step{"func (t T) Double() int { return 2 * t.Sum() }", "!compile"},
		step{"t := T{1, `xyz`}; t.Sum()", "4"},
		step{"var y, z = 3, `zed`", ""},
		step{"const c = 4", ""},
		step{"y + c", "7"},
		step{"z", `"zed"`},
		step{"import \"strings\"", ""},
		step{"strings.ToUpper(z)", `"ZED"`},
		step{"sort.Strings(nil); strings.Repeat(`a`, 2)", `"aa"`},
		step{"x = 5; double(x)", "10"},
		step{"x := `now a string`", ""},
		step{"x", `"now a string"`},
		step{"counter := func() func() int { n := 0; return func() int { n++; return n } }()", ""},
		step{"counter()", "1"},
		step{"counter()", "2"},
		step{"", ""},
		step{"// a comment", ""},
	)
}

func TestSessionGivesTheLastExpression(t *testing.T) {
	newRunner(t, nil).steps(
		step{"1 + 1", "2"},
		step{"`text`", `"text"`},
		step{"'c'", "99"},
		step{"1.5", "1.5"},
		step{"true", "true"},
		step{"[]int{1, 2}", "[1 2]"},
		step{"map[string]int{`a`: 1}", "map[a:1]"},
		step{"struct{ A, b int }{1, 2}", "{A:1 b:2}"},
		step{"errors.New(`e`)", "e"},
		step{"time.Duration(1500) * time.Millisecond", "1.5s"},
		step{"nil", "<nil>"},
		step{"x := 1", ""},
		step{"x++", ""},
		step{"if true { x = 3 }", ""},
		step{"x\nx + 1", "!compile"},
		step{"func f() {}", ""},
		step{"f()", ""},
		step{"fmt.Println(`p`)", ""},
		step{"func g() (int, error) { return 8, nil }; g()", "8, <nil>"},
	)
}

func TestSessionValueHasAType(t *testing.T) {
	r := newRunner(t, nil)
	for line, want := range map[string]interp.Value{
		"1":            {Text: "1", Type: "int"},
		"`s`":          {Text: `"s"`, Type: "string"},
		"[]any{1}":     {Text: "[1]", Type: "[]interface {}"},
		"io.EOF":       {Text: "EOF", Type: "*errors.errorString"},
		"len(args)":    {Text: "0", Type: "int"},
		"time.January": {Text: "January", Type: "time.Month"},
	} {
		if got, err := r.line(line); got != want || err != nil {
			t.Errorf("%s: %#v, %v", line, got, err)
		}
	}
}

func TestSessionSurvivesErrors(t *testing.T) {
	r := newRunner(t, nil)
	r.steps(
		step{"x := 1", ""},
		step{"x = undefined", "!compile"},
		step{"x", "1"},
		step{"x :=", "!compile"},
		step{"}", "!compile"},
		step{"x", "1"},
		step{"panic(3)", "!panic"},
		step{"x", "1"},
		step{"func bad() { oops() }", "!compile"},
		step{"os.Exit(3)", "!exit"},
		step{"x", "1"},
		step{"fmt.Println(x)", ""},
		step{"for i := range 3 { println(i) }", ""},
		step{"x", "1"},
		step{"import \"no/such\"", "!compile"},
		step{"import (\"strings\"; \"example.com/missing\")", "!compile"},
		step{"import \"strings\"; strings.ToLower(`A`)", `"a"`},
		step{"return 1", "!compile"},
		step{"package main", "!compile"},
		step{"x", "1"},
	)
	r.wantOutput("1\n", "0\n1\n2\n")
	fault := r.lineFault("panic", "y := []int{}\n\ny[len(y)]")
	r.wantAt(fault, "user.go", 3, 1)
	fault = r.lineFault("compile", "z := 1\n z + oops")
	r.wantAt(fault, "user.go", 2, 6)
}

func (r *runner) lineFault(name, line string) *channel.Fault {
	r.t.Helper()
	got, err := r.line(line)
	return r.asFault(name, got, err)
}

func TestSessionNamesHidePackages(t *testing.T) {
	newRunner(t, nil).steps(
		step{"fmt.Sprint(1)", `"1"`},
		step{"time := struct{ A int }{7}", ""},
		step{"time.A", "7"},
		step{"args := `mine`", ""},
		step{"args", `"mine"`},
		step{"args", `"mine"`},
		step{"ctx.Err() == nil", "true"},
	)
}

func TestSessionPrintsToTheLinesOutput(t *testing.T) {
	r := newRunner(t, nil)
	r.steps(
		step{"func hello() { fmt.Println(`hello`); fmt.Fprintln(os.Stdout, `file`); println(`err`) }", ""},
		step{"hello()", ""},
	)
	r.wantOutput("hello\nfile\n", "err\n")
	other := &runner{t: t, in: r.in, ch: r.ch}
	other.steps(step{"hello()", ""})
	other.wantOutput("hello\nfile\n", "err\n")
	r.wantOutput("", "")
}

func TestSessionImportsTrees(t *testing.T) {
	r := newRunner(t, nil)
	if err := r.in.Import("example.com/p", tree(map[string]string{"p.go": "package p\nvar N int\nfunc Next() int { N++; return N }"})); err != nil {
		t.Fatal(err)
	}
	r.steps(
		step{"import \"example.com/p\"", ""},
		step{"p.Next()", "1"},
		step{"import \"example.com/p\"; p.Next()", "2"},
		step{"p.N", "2"},
	)
}

func TestSessionsAreApart(t *testing.T) {
	r := newRunner(t, nil)
	r.steps(step{"x := 1", ""})
	job := r.job("x")
	job.Session = "other"
	got, err := r.in.Run(t.Context(), job)
	r.asFault("compile", got, err)
	r.fault("compile", "return x")
}

func TestStoppedLineLeavesTheSessionUsable(t *testing.T) {
	started := make(chan bool)
	r := newRunner(t, map[string]any{"Started": func() { started <- true }})
	r.steps(
		step{"import \"example.com/test\"", ""},
		step{"make1 := func() func() int { n := 0; return func() int { n++; return n } }", ""},
		step{"count := make1(); count()", "1"},
	)
	for range 3 {
		job := r.job("test.Started(); for { count() }")
		job.Session = "s"
		stop, ended := make(chan struct{}), make(chan error)
		job.Stop = stop
		go func() { _, err := r.in.Run(t.Context(), job); ended <- err }()
		<-started
		close(stop)
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	r.steps(
		step{"a := count(); count() == a + 1", "true"},
		step{"make1()()", "1"},
	)
}

func TestLinesOfOneSessionTakeTurns(t *testing.T) {
	r := newRunner(t, nil)
	r.steps(step{"n := 0", ""})
	done := make(chan error)
	const lines = 20
	for range lines {
		go func() {
			_, err := r.line("for i := 0; i < 100; i++ { n++ }")
			done <- err
		}()
	}
	for range lines {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	r.steps(step{"n", "2000"})
}

func TestWaitingForATurnEndsWithTheContext(t *testing.T) {
	started, release := make(chan bool), make(chan bool)
	r := newRunner(t, map[string]any{"Wait": func() { started <- true; <-release }})
	ended := make(chan bool)
	go func() {
		r.line("import \"example.com/test\"; test.Wait()")
		close(ended)
	}()
	<-started
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	job := r.job("1")
	job.Session = "s"
	if _, err := r.in.Run(ctx, job); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	close(release)
	<-ended
}

// A watched session has goroutines that tick, and lines that start and are
// stopped.
type watched struct {
	*runner
	started, ticks chan bool
}

func newWatched(t *testing.T) *watched {
	w := &watched{started: make(chan bool), ticks: make(chan bool)}
	w.runner = newRunner(t, map[string]any{
		"Started": func() { w.started <- true },
		"Tick":    func(any) { w.ticks <- true },
	})
	w.steps(step{"import \"example.com/test\"", ""})
	return w
}

// stop runs a line until it has started, and stops it.
func (w *watched) stop(line string) {
	w.t.Helper()
	job := w.job(line)
	job.Session = "s"
	stop, ended := make(chan struct{}), make(chan error)
	job.Stop = stop
	go func() { _, err := w.in.Run(w.t.Context(), job); ended <- err }()
	<-w.started
	close(stop)
	if err := <-ended; !errors.Is(err, context.Canceled) {
		w.t.Errorf("%s: %v", line, err)
	}
}

func TestStoppedLineLeavesAloneWhatEarlierLinesStarted(t *testing.T) {
	for name, goroutine := range map[string]string{
		"loop":      "go func() { for !quit.Load() { test.Tick(1) }; close(done) }()",
		"channel":   "in := make(chan int); go func() { for !quit.Load() { <-in; test.Tick(1) }; close(done) }(); go func() { for { select { case in <- 1: case <-done: return } } }()",
		"method":    "type T int; func (T) String() string { for range 3 { }; return `t` }; go func() { for !quit.Load() { test.Tick(fmt.Sprint(T(1))) }; close(done) }()",
		"callback":  "_ = time.AfterFunc(0, func() { for !quit.Load() { test.Tick(1) }; close(done) })",
		"log":       "log.SetFlags(log.Lshortfile); log.SetOutput(io.Discard); go func() { for !quit.Load() { log.Print(1); test.Tick(1) }; close(done) }()",
		"goroutine": "go func() { go func() { for !quit.Load() { test.Tick(1) }; close(done) }() }()",
	} {
		t.Run(name, func(t *testing.T) {
			w := newWatched(t)
			w.steps(
				step{"done := make(chan int)", ""},
				step{"var quit atomic.Bool", ""},
				step{goroutine, ""},
			)
			<-w.ticks
			w.stop("test.Started(); for { }")
			for range 3 {
				<-w.ticks
			}
			go func() {
				for range w.ticks { // until the session has done
				}
			}()
			defer close(w.ticks)
			w.steps(step{"quit.Store(true); <-done", "0"})
		})
	}
}

func TestStoppedLineEndsInFunctionsOfEarlierLines(t *testing.T) {
	w := newWatched(t)
	w.steps(
		step{"forever := func() bool { test.Started(); for { } }", ""},
		step{"type T int; func (T) String() string { forever(); return `` }", ""},
		step{"func spin() { forever() }", ""},
		step{"early := func(rune) bool { return forever() }", ""},
	)
	for _, line := range []string{
		"forever()",
		"spin()",
		"sort.Slice([]int{1, 2}, func(i, j int) bool { return forever() })",
		"strings.IndexFunc(`x`, func(rune) bool { return forever() })",
		"less := func(rune) bool { return forever() }; strings.IndexFunc(`x`, less)",
		"strings.IndexFunc(`x`, less)",
		"strings.IndexFunc(`x`, early)",
		"fmt.Sprint(T(1))",
		"T.String(1)",
		"done := make(chan int); go func() { defer close(done); fmt.Sprint(T(1)) }(); <-done",
	} {
		w.stop(line)
	}
	w.steps(step{"T(1) == 1", "true"})
}

func TestFunctionsOfAStoppedLineStayUsable(t *testing.T) {
	w := newWatched(t)
	w.stop("twice := func(n rune) rune { for range 2 { n++ }; return n }; test.Started(); for { }")
	w.steps(
		step{"twice('a')", "99"},
		step{"strings.Map(twice, `a`)", `"c"`},
	)
}

func TestEachLineHasItsOwnContext(t *testing.T) {
	r := newRunner(t, nil)
	r.steps(
		step{"next, same := make(chan bool), make(chan bool)", ""},
		step{"func current() context.Context { return ctx }", ""},
		step{"first := ctx; go func() { <-next; same <- ctx == first && current() == first }()", ""},
	)
	type key struct{}
	job := r.job("next <- true; []bool{<-same, current() == ctx, ctx == first}")
	job.Session = "s"
	got, err := r.in.Run(context.WithValue(t.Context(), key{}, 1), job)
	if v, ok := got.(interp.Value); !ok || v.Text != "[true true false]" {
		t.Errorf("%v, %v", got, err)
	}
}

// A server that a line started calls methods on goroutines of its own.
func TestCompiledCodeCanCallMethodsAfterAStoppedLine(t *testing.T) {
	var kept fmt.Stringer
	started := make(chan bool)
	w := &watched{started: started, runner: newRunner(t, map[string]any{
		"Keep":    func(s fmt.Stringer) { kept = s },
		"Started": func() { started <- true },
	})}
	w.steps(
		step{"import \"example.com/test\"", ""},
		step{"type T int; func (T) String() string { for range 3 { }; return `t` }", ""},
		step{"test.Keep(T(1))", ""},
	)
	w.stop("test.Started(); for { }")
	if got := kept.String(); got != "t" {
		t.Errorf("got %q", got)
	}
}
