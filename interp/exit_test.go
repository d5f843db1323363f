package interp_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

func TestExitEndsTheProgramWithItsCode(t *testing.T) {
	r := newRunner(t, nil)
	for source, code := range map[string]int{
		"os.Exit(3)": 3,
		"func F(ctx context.Context) { f() }\nfunc f() { os.Exit(4) }":                                 4,
		"package main\nfunc main() { os.Exit(5) }":                                                     5,
		"package main\nfunc init() { os.Exit(6) }\nfunc main() {}":                                     6,
		"package main\nvar x = f()\nfunc f() int { os.Exit(7); return 1 }\nfunc main() { println(x) }": 7,
		"syscall.Exit(8)":        8,
		"f := os.Exit; f(9)":     9,
		"log.Fatal(`x`)":         1,
		"log.Fatalf(`%d`, 1)":    1,
		"log.Fatalln(1)":         1,
		"log.Default().Fatal(1)": 1,
		"l := log.New(os.Stderr, ``, 0); l.Fatalf(`%d`, 2)":                         1,
		"sort.Slice([]int{1, 2}, func(i, j int) bool { os.Exit(10); return true })": 10,
	} {
		fault := r.fault("exit", source)
		if want := fmt.Sprintf("exit status %d", code); fault.Code != code || fault.Text != want {
			t.Errorf("%s\ngot %d, %q, want %d", source, fault.Code, fault.Text, code)
		}
	}
	r.want(1, "return 1") // the far side lives
}

func TestFatalPrintsBeforeItEnds(t *testing.T) {
	r := newRunner(t, nil)
	r.fault("exit", "log.SetFlags(0); log.Fatalf(`bad %d`, 1)")
	r.wantOutput("", "bad 1\n")
	r.fault("exit", "l := log.New(os.Stderr, `own: `, 0); l.Fatalln(`bad`, 2)")
	r.wantOutput("", "own: bad 2\n")
	r.fault("exit", "type s struct { l *log.Logger }; x := s{log.New(os.Stdout, ``, 0)}; x.l.Fatal(`bad`, 3)")
	r.wantOutput("bad3\n", "")
}

func TestFatalMethodsOfTheSourceAreItsOwn(t *testing.T) {
	r := newRunner(t, nil)
	r.want("mine 1", "log.Flags(); return T{}.Fatal(1)\ntype T struct{}\nfunc (T) Fatal(n int) string { return fmt.Sprint(`mine `, n) }")
}

func TestExitWithZeroIsANormalEnd(t *testing.T) {
	r := newRunner(t, nil)
	r.want(nil, "fmt.Println(`a`); os.Exit(0); fmt.Println(`b`)")
	r.wantOutput("a\n", "")
}

func TestExitFromAnotherGoroutineEndsTheProgram(t *testing.T) {
	r := newRunner(t, nil)
	for _, source := range []string{
		"go func() { os.Exit(4) }(); select {}",
		"go func() { os.Exit(4) }(); for { }",
		"go func() { os.Exit(4) }(); <-make(chan int)",
		"package main\nfunc main() { go os.Exit(4); for { } }",
		"time.AfterFunc(0, func() { os.Exit(4) }); for { }",
	} {
		if fault := r.fault("exit", source); fault.Code != 4 {
			t.Errorf("exit status %d", fault.Code)
		}
	}
}

// The program's own goroutine does not have to end for that: here it is blocked
// in compiled code.
func TestExitDoesNotWaitForABlockedGoroutine(t *testing.T) {
	release := make(chan bool)
	r := newRunner(t, map[string]any{"Block": func() { <-release }})
	fault := r.fault("exit", "import `example.com/test`\ngo os.Exit(4); test.Block()")
	if fault.Code != 4 {
		t.Error(fault)
	}
	close(release)
}

func TestExitRunsNoDeferredFunction(t *testing.T) {
	called := make(chan string, 10)
	r := newRunner(t, map[string]any{"Called": func(s string) { called <- s }})
	for _, source := range []string{
		"import `example.com/test`\ndefer test.Called(`compiled`); defer func() { test.Called(`interpreted`) }(); os.Exit(3)",
		"import `example.com/test`\nf(); func f() { defer test.Called(`caller`); g() }; func g() { defer test.Called(`callee`); os.Exit(3) }",
	} {
		r.fault("exit", source)
	}
	select {
	case who := <-called:
		t.Errorf("deferred function ran: %s", who)
	default:
	}
}

func TestNothingIsPrintedAfterExit(t *testing.T) {
	release, printed := make(chan bool), make(chan bool)
	r := newRunner(t, map[string]any{
		"Block":   func() { <-release },
		"Printed": func() { close(printed) },
	})
	r.fault("exit", `
		import "example.com/test"
		go os.Exit(3)
		defer test.Printed()
		defer fmt.Println("late")
		test.Block()
	`)
	close(release)
	<-printed
	r.wantOutput("", "")
}

func TestGoexitDoesNotHang(t *testing.T) {
	r := newRunner(t, nil)
	for _, source := range []string{
		"runtime.Goexit()",
		"func F(ctx context.Context) int { defer println(`deferred`); runtime.Goexit(); return 1 }",
		"package main\nfunc main() { runtime.Goexit() }",
	} {
		got, err := r.run(source)
		if err == nil || got != nil {
			t.Errorf("%s: %v, %v", source, got, err)
		}
		r.contains(fmt.Sprint(err), "runtime.Goexit")
	}
	r.wantOutput("", "deferred\n")
}

func TestReturnedErrorIsItself(t *testing.T) {
	r := newRunner(t, nil)
	_, err := r.run("_, err := os.Open(`/no/such/file`); return err")
	if !errors.Is(err, errNotExist) {
		t.Errorf("%v is not fs.ErrNotExist", err)
	}
	_, err = r.run("func F(ctx context.Context) (int, error) { return 1, fmt.Errorf(`wrapped: %w`, io.EOF) }")
	if !errors.Is(err, errEOF) || err.Error() != "wrapped: EOF" {
		t.Errorf("%v is not io.EOF", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = r.in.Run(ctx, r.job("return ctx.Err()"))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v is not context.Canceled", err)
	}
}

func TestInterpretedErrorKeepsItsTextAndName(t *testing.T) {
	r := newRunner(t, nil)
	const types = "\ntype Bad struct { Code int; cause error }\nfunc (b *Bad) Error() string { return fmt.Sprint(`bad `, b.Code) }\nfunc (b *Bad) Unwrap() error { return b.cause }"
	for _, source := range []string{
		"return &Bad{3, io.EOF}",
		"var err error = &Bad{3, io.EOF}; return err",
		"return 1, &Bad{3, io.EOF}",
		"func F(ctx context.Context) error { return &Bad{3, io.EOF} }",
		"func F(ctx context.Context) (int, error) { return 0, &Bad{3, io.EOF} }",
	} {
		_, err := r.run(source + types)
		if fmt.Sprintf("%T: %v", err, err) != "*main.Bad: bad 3" || !errors.Is(err, errEOF) {
			t.Errorf("%s: %T %v, %v", source, err, err, errors.Is(err, errEOF))
		}
	}
	_, err := r.run("return E(`value`)\ntype E string\nfunc (e E) Error() string { return string(e) }")
	if fmt.Sprintf("%T: %v", err, err) != "main.E: value" {
		t.Errorf("%T: %v", err, err)
	}
}

func TestSecondReturnValueMustBeAnError(t *testing.T) {
	r := newRunner(t, nil)
	_, err := r.run("return 1, 2")
	r.contains(fmt.Sprint(err), "second value", "int", "not an error")
}
