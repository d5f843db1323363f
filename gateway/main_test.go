package gateway_test

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/worker"
)

// modeVariable makes the test binary something else than the tests: a near side
// that is killed, a program that forgot the entry point. See the functions in
// modes.
const modeVariable = "FARSIDE_GATEWAY_TEST"

// modes are set by the files that use them. A mode whose name begins with
// "forgot" does not reach the entry point.
var modes = map[string]func() int{}

// The test binary is the far side. Its engine knows Go functions by name, so that
// the tests of this package need no interpreter.
func TestMain(m *testing.M) {
	mode := os.Getenv(modeVariable)
	if strings.HasPrefix(mode, "forgot") {
		os.Exit(modes[mode]())
	}
	worker.MainWith(func() *worker.Options { return &worker.Options{Engine: engine{}} })
	if mode != "" {
		os.Exit(modes[mode]())
	}
	flag.Set("test.parallel", "6") // those that are parallel mostly wait; the command line goes first
	farsidetest.Main(m)
}

// engine runs the function of the test binary that the source names.
type engine struct{}

func (engine) Run(ctx context.Context, job *worker.Job) (any, error) {
	program := programs[job.Source]
	if program == nil {
		return nil, fmt.Errorf("no program %q", job.Source)
	}
	return program(ctx, job)
}

func (engine) Import(path string, tree fs.FS) error {
	data, err := fs.ReadFile(tree, "sub/a.go")
	imported.Store(path + ": " + string(data))
	return err
}

// program is what the far side runs for a source text.
type program = func(context.Context, *worker.Job) (any, error)

// arg decodes an argument of a program.
func arg[T any](job *worker.Job, i int) (v T) {
	if i >= len(job.Args) {
		panic(fmt.Sprintf("no argument %d", i))
	}
	if err := job.Channel.Decode(job.Args[i], &v); err != nil {
		panic(err)
	}
	return v
}

func open(t testing.TB, spec string, opts *gateway.Options) *gateway.Gateway {
	t.Helper()
	return farsidetest.Gateway(t, spec, opts)
}

func inProcess(t testing.TB, opts *gateway.Options) *gateway.Gateway {
	t.Helper()
	return farsidetest.InProcess(t, &worker.Options{Engine: engine{}}, opts)
}

// exec is Exec that must not fail; the channel is closed with the test.
func exec(t testing.TB, gw *gateway.Gateway, name string, args ...any) *channel.Channel {
	t.Helper()
	ch, err := gw.Exec(t.Context(), gateway.Source(name), args...)
	if err != nil {
		t.Fatalf("exec %s: %v", name, err)
	}
	t.Cleanup(func() { ch.Close() })
	return ch
}

// running is exec of a program that says that it runs.
func running(t testing.TB, gw *gateway.Gateway, name string, args ...any) *channel.Channel {
	t.Helper()
	ch := exec(t, gw, name, args...)
	if item, err := ch.Receive(t.Context()); item != "running" || err != nil {
		t.Fatalf("exec %s: it says %v, %v", name, item, err)
	}
	return ch
}

func status(t testing.TB, gw *gateway.Gateway) gateway.Status {
	t.Helper()
	st, err := gw.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// eventually shows last when it was in vain.
func eventually(t testing.TB, ok func() bool, last func() any) {
	t.Helper()
	farsidetest.Eventually(t, ok, "%v", lazy(last))
}

type lazy func() any

func (l lazy) String() string { return fmt.Sprintf("%+v", l()) }

// call is gateway.Call that must not fail.
func call[R any](t testing.TB, gw *gateway.Gateway, name string, args ...any) R {
	t.Helper()
	result, err := gateway.Call[R](t.Context(), gw, gateway.Source(name), args...)
	if err != nil {
		t.Fatalf("call %s: %v", name, err)
	}
	return result
}
