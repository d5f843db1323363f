package interp_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"
)

var (
	errNotExist = fs.ErrNotExist
	errEOF      = io.EOF
	past        = time.Unix(0, 0)
)

// stopWhen runs a source that calls test.Started and stops it then.
func (r *runner) stopped(ctx context.Context, source string, started <-chan bool) error {
	r.t.Helper()
	job := r.job("import `example.com/test`\n" + source)
	stop := make(chan struct{})
	job.Stop = stop
	ended := make(chan error)
	go func() {
		_, err := r.in.Run(ctx, job)
		ended <- err
	}()
	<-started
	close(stop)
	return <-ended
}

func TestStopEndsWhatIgnoresItsContext(t *testing.T) {
	started := make(chan bool)
	r := newRunner(t, map[string]any{"Started": func() { started <- true }})
	for name, source := range map[string]string{
		"loop":                 "test.Started(); for { }",
		"loop with work":       "test.Started(); for i := 0; ; i++ { _ = fmt.Sprint(i) }",
		"recursion":            "test.Started(); f()\nfunc f() { for { g() } }\nfunc g() {}",
		"receive":              "test.Started(); <-make(chan int)",
		"send":                 "c := make(chan int); test.Started(); c <- 1",
		"select":               "test.Started(); select { case <-make(chan int): case <-make(chan string): }",
		"range over channel":   "c := make(chan int); test.Started(); for range c { }",
		"far function":         "func F(ctx context.Context) (int, error) { test.Started(); for { }; return 1, nil }",
		"main":                 "func main() { test.Started(); for { } }",
		"init":                 "func init() { test.Started(); for { } }\nfunc main() {}",
		"global":               "var x = f()\nfunc f() int { test.Started(); for { }; return 1 }\nfunc main() { println(x) }",
		"callback":             "sort.Slice([]int{1, 2}, func(i, j int) bool { test.Started(); for { } })",
		"goroutines":           "for i := 0; i < 3; i++ { go func() { for { } }() }; test.Started(); for { }",
		"deferred":             "defer func() { for { } }(); test.Started(); for { }",
		"retried after a stop": "func main() { }\nfunc init() { test.Started(); for { } }\nfunc init() { for { } }",
	} {
		t.Run(name, func(t *testing.T) {
			r := &runner{t: t, in: r.in, ch: r.ch}
			err := r.stopped(t.Context(), source, started)
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%v is not context.Canceled", err)
			}
			r.contains(fmt.Sprint(err), "user.go: stopped")
			r.wantOutput("", "")
		})
	}
}

func TestStopEndsTheInitialisationOfAnImportedPackage(t *testing.T) {
	started := make(chan bool)
	r := newRunner(t, map[string]any{"Started": func() { started <- true }})
	tree := fstest.MapFS{"p.go": {Data: []byte("package p\nimport \"example.com/test\"\nfunc init() { test.Started(); for { } }\nfunc F() {}")}}
	if err := r.in.Import("example.com/p", tree); err != nil {
		t.Fatal(err)
	}
	if err := r.stopped(t.Context(), "import `example.com/p`\ntest.Started(); p.F()", started); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestStopSaysWhy(t *testing.T) {
	started := make(chan bool)
	r := newRunner(t, map[string]any{"Started": func() { started <- true }})
	const source = "test.Started(); for { }"
	ctx, cancel := context.WithDeadline(t.Context(), past)
	defer cancel()
	if err := r.stopped(ctx, source, started); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v is not context.DeadlineExceeded", err)
	}
	why := errors.New("the boss said so")
	ctx2, cancel2 := context.WithCancelCause(t.Context())
	cancel2(why)
	if err := r.stopped(ctx2, source, started); !errors.Is(err, context.Canceled) || !errors.Is(err, why) {
		t.Errorf("%v is not both", err)
	}
}

// The end of ctx alone stops nothing: the program may have things to tidy up.
func TestEndOfContextIsTheProgramsToHandle(t *testing.T) {
	started := make(chan bool)
	r := newRunner(t, map[string]any{"Started": func() { started <- true }})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-started; cancel() }()
	got, err := r.in.Run(ctx, r.job("import `example.com/test`\ntest.Started(); <-ctx.Done(); return `tidy`"))
	if got != "tidy" || err != nil {
		t.Errorf("%v, %v", got, err)
	}
}

// Run does not return before the code has: only so can the worker tell a
// stopped program from an abandoned one.
func TestRunReturnsOnlyWhenTheCodeHasEnded(t *testing.T) {
	blocked, release, halted := make(chan bool), make(chan bool), make(chan bool)
	r := newRunner(t, map[string]any{
		"Block":  func() { blocked <- true; <-release },
		"Ready":  func() { blocked <- true },
		"Halted": func() { close(halted) },
	})
	job := r.job("import `example.com/test`\ngo func() { defer test.Halted(); test.Ready(); <-make(chan int) }()\ntest.Block()")
	stop, ended := make(chan struct{}), make(chan error)
	job.Stop = stop
	go func() { _, err := r.in.Run(t.Context(), job); ended <- err }()
	<-blocked
	<-blocked
	close(stop)
	<-halted
	select {
	case err := <-ended:
		t.Fatalf("ended while the code was blocked: %v", err)
	default:
	}
	close(release)
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestStopBeforeTheStart(t *testing.T) {
	r := newRunner(t, nil)
	stop := make(chan struct{})
	close(stop)
	for _, source := range []string{"for { }", "func main() { for { } }", "func init() { for { } }\nfunc main() { for { } }"} {
		for range 20 {
			job := r.job(source)
			job.Stop = stop
			if _, err := r.in.Run(t.Context(), job); !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
		}
	}
}

func TestResultThatWasGivenIsKeptWhenStopComesLate(t *testing.T) {
	r := newRunner(t, nil)
	stop := make(chan struct{})
	r2 := newRunner(t, map[string]any{"Stop": func() { close(stop) }})
	job := r2.job("import `example.com/test`\ndefer test.Stop(); return 5")
	job.Stop = stop
	if got, err := r2.in.Run(t.Context(), job); got != 5 || err != nil {
		t.Errorf("%v, %v", got, err)
	}
	_ = r
}
