package farside_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/farsidetest/farcode"
)

// registeredCode is what farcode has, registered by name.
var registeredCode = func() map[string]*gateway.Program {
	programs := make(map[string]*gateway.Program)
	for _, c := range farcode.Cases() {
		if programs[c.Name] == nil {
			programs[c.Name] = gateway.FuncOf(c.Func)
		}
	}
	return programs
}()

// An engine gives the program that runs a function of farcode.
type engine struct {
	name    string
	program func(*testing.T, *farcode.Case) *gateway.Program
	named   bool // the function's name is the first argument
}

// engines must agree in all that farcode does. The first is the one that others are
// compared with.
var engines = []engine{
	{"registered", func(_ *testing.T, c *farcode.Case) *gateway.Program { return registeredCode[c.Name] }, false},
	{"interpreted", func(_ *testing.T, c *farcode.Case) *gateway.Program {
		program := gateway.Source(farcode.Source)
		program.Name, program.Func = farcode.File, c.Name
		return program
	}, false},
	{"built", func(*testing.T, *farcode.Case) *gateway.Program { return builtCode }, true},
}

// builtCode is one program with all functions of farcode, since to build one for each
// would take long.
var builtCode = gateway.BuildSource(`
import (
	"context"
	"errors"
	"reflect"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/farfunc"
	"github.com/farside-go/farside/internal/farsidetest/farcode"
)

func Far(ctx context.Context, ch *channel.Channel, name string, args ...channel.Raw) (any, error) {
	for _, c := range farcode.Cases() {
		if c.Name == name {
			return call(ctx, ch, name, reflect.ValueOf(c.Func), args)
		}
	}
	return nil, errors.New("no such function")
}

func call(ctx context.Context, ch *channel.Channel, name string, f reflect.Value, args []channel.Raw) (any, error) {
	t := f.Type()
	call := farfunc.Call{What: "worker: call " + name, Params: farfunc.Params(t), Ctx: ctx, Channel: ch, Args: args}
	in, err := call.Arguments(t)
	if err != nil {
		return nil, err
	}
	if t.IsVariadic() {
		return call.Results(f.CallSlice(in))
	}
	return call.Results(f.Call(in))
}
`, nil)

func TestOneFileMeansTheSameInEveryEngine(t *testing.T) {
	gw := farsidetest.Gateway(t, "popen", nil)
	for i, c := range farcode.Cases() {
		t.Run(fmt.Sprintf("%d_%s", i, c.Name), func(t *testing.T) {
			want := ""
			for _, engine := range engines {
				// The deadline is the function's too; it ends only a test that hangs.
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				call := c
				if engine.named {
					call.Args = append([]any{c.Name}, c.Args...)
				}
				got := tell(ctx, gw, engine.program(t, &c), &call)
				cancel()
				if want == "" {
					want = got
					t.Log(want)
				}
				if got != want {
					t.Errorf("%s:\n%s\n%s:\n%s", engines[0].name, want, engine.name, got)
				}
			}
		})
	}
}

// tell runs a case and tells all that could be seen of it.
func tell(ctx context.Context, gw *gateway.Gateway, program *gateway.Program, c *farcode.Case) string {
	ch, err := gw.Exec(ctx, program, c.Args...)
	if err != nil {
		return "exec: " + err.Error()
	}
	defer ch.Close()
	var story strings.Builder
	seen, err := c.Run(ctx, ch)
	for _, item := range seen {
		fmt.Fprintf(&story, "%T %+v\n", item, describe(item))
	}
	story.WriteString(describeError(err))
	return story.String()
}

// describe makes what differs from run to run the same.
func describe(item any) any {
	if ch, ok := item.(*channel.Channel); ok {
		return ch.Label()
	}
	return item
}

// parameters are named in the words of an engine that has the source.
var parameters = regexp.MustCompile(`\b[a-z] (int\b)`)

// describeError tells of an error what its name, text, position and kind are. The package
// of a type, and how a call is spoken of, is the engine's.
func describeError(err error) string {
	remote, ok := errors.AsType[*gateway.RemoteError](err)
	if !ok {
		return fmt.Sprint(err)
	}
	text := parameters.ReplaceAllString(remote.Text, "$1")
	for _, own := range []string{"main.", "farcode.", "worker: call ", "interp: call ", "github.com/farside-go/farside/internal/farsidetest/"} {
		text = strings.ReplaceAll(text, own, "")
	}
	name := strings.TrimPrefix(strings.Replace(remote.Name, "main.", "farcode.", 1), "*")
	at := ""
	if remote.File != "" {
		at = fmt.Sprintf("%s:%d", path.Base(remote.File), remote.Line)
	}
	return fmt.Sprintf("%s: %s, at %q, with a stack: %v, cancelled: %v",
		name, text, at, remote.Stack != "", errors.Is(err, context.Canceled))
}

// A function that no case calls is compared with nothing.
func TestEveryFunctionHasACase(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), farcode.File, farcode.Source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if ok && f.Recv == nil && f.Name.IsExported() && registeredCode[f.Name.Name] == nil {
			t.Errorf("no case for %s", f.Name.Name)
		}
	}
}

// whatIsBuilt are programs of the interpreter's corpus that are compiled here too.
var whatIsBuilt = []string{
	"chan_workers", "const_iota", "defer_order", "exit_code", "gen_methods",
	"init_order", "json_tokens", "panic_exit", "sort_slices", "sync_broker",
}

func TestWholeProgramsOfTheCorpusMeanTheSameBuilt(t *testing.T) {
	gw := farsidetest.Gateway(t, "popen", nil)
	for _, name := range whatIsBuilt {
		t.Run(name, func(t *testing.T) {
			base := filepath.Join("interp", "testdata", "corpus", name)
			var stdout bytes.Buffer
			program := gateway.BuildSource(read(t, base+".go"), nil)
			program.Name, program.Stdout = name+".go", &stdout
			_, err := gateway.Call[any](t.Context(), gw, program)
			status := 0
			if exit, ok := errors.AsType[*gateway.RemoteError](err); ok && exit.Name == "exit" {
				status = exit.Code
			} else if err != nil {
				t.Fatal(err)
			}
			want := 0
			if _, err := os.Stat(base + ".exit"); err == nil {
				want, err = strconv.Atoi(strings.TrimSpace(read(t, base+".exit")))
				if err != nil {
					t.Fatal(err)
				}
			}
			if stdout.String() != read(t, base+".out") || status != want {
				t.Errorf("it printed\n%s\nand ended with %d, which is to be %d", stdout.String(), status, want)
			}
		})
	}
}

// Bare statements of the corpus of forms.
func TestBareStatementsMeanTheSameBuilt(t *testing.T) {
	gw := farsidetest.Gateway(t, "popen", nil)
	const text = `
		type pair struct{ a, b int }
		for item, err := range channel.All(ctx) {
			if err != nil {
				return err
			}
			fmt.Println(item)
			channel.Send(ctx, map[string]any{"item": item, "sum": pair{1, 2}.a + len(args)})
		}
		return strings.ToUpper("done"), nil`
	for _, source := range []func() *gateway.Program{
		func() *gateway.Program { return gateway.Source(text) },
		func() *gateway.Program { return gateway.BuildSource(text, nil) },
	} {
		var stdout bytes.Buffer
		program := source()
		program.Stdout = &stdout
		ch, err := gw.Exec(t.Context(), program, "an argument")
		if err != nil {
			t.Fatal(err)
		}
		c := farcode.Case{Send: []any{1, "two"}}
		seen, err := c.Run(t.Context(), ch)
		const want = "[map[item:1 sum:2] map[item:two sum:2] DONE] <nil>1\ntwo\n"
		if got := fmt.Sprint(seen, err, stdout.String()); got != want {
			t.Errorf("got %s, not %s", got, want)
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
