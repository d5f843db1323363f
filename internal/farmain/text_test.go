package farmain_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/farmain"
)

// stub has as much of farside as the texts need. Run keeps what a program would run.
var stub = map[string]string{
	"go.mod": "module github.com/farside-go/farside\n\ngo 1.26.0\n",
	"channel/channel.go": `package channel

import (
	"context"
	"errors"
)

const (
	Near = iota
	Far
)

var ErrLost = errors.New("lost")

type Channel struct{}

func (*Channel) Done() bool                                { return true }
func (*Channel) Receive(ctx context.Context) (any, error) { return "method", nil }

func Receive[T any](ctx context.Context, ch *Channel) (v T, err error) { return v, nil }

type Typed[T any] struct{ ch *Channel }

func (t Typed[T]) Channel() *Channel { return t.ch }

func Of[T any](ch *Channel) Typed[T] { return Typed[T]{ch} }
`,
	"worker/worker.go": `package worker

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"

	"github.com/farside-go/farside/channel"
)

var function reflect.Value

func Run(f any) { function = reflect.ValueOf(f) }

// Call runs the function that a program is, and says what it gave.
func Call(name string, main func(), args ...any) {
	main()
	in := []reflect.Value{reflect.ValueOf(context.Background())}
	if t := function.Type(); t.NumIn() > 1 && t.In(1) == reflect.TypeFor[*channel.Channel]() {
		in = append(in, reflect.ValueOf(&channel.Channel{}))
	}
	for _, arg := range args {
		in = append(in, reflect.ValueOf(arg))
	}
	out := function.Call(in)
	var err error
	if n := len(out); n > 0 {
		if e, ok := out[n-1].Interface().(error); ok {
			err, out = e, out[:n-1]
		} else if out[n-1].Type() == reflect.TypeFor[error]() {
			out = out[:n-1]
		}
	}
	var result any
	if len(out) > 0 && err == nil {
		result = out[0].Interface()
	}
	if lost := errors.Unwrap(err); lost != nil {
		err = lost
	}
	fmt.Fprintf(os.Stdout, "%s: %T %v %v\n", name, result, result, err)
}
`,
}

// texts say what they give when they are called with 1 and two: its type, it and an error.
// It is what package interp's tests say of the same texts.
var texts = []struct{ want, far, text string }{
	{"<nil> <nil> <nil>", "", ""},
	{"<nil> <nil> <nil>", "", "// nothing but a comment"},
	{"<nil> <nil> <nil>", "", "return"},
	{"int 2 <nil>", "", "return 1 + 1"},
	{"int 40 <nil>", "", "x := 20; return 2 * x"},
	{"string ok <nil>", "", "return \"ok\", nil"},
	{"<nil> <nil> <nil>", "", "return nil"},
	{"<nil> <nil> <nil>", "", "return nil, nil"},
	{"<nil> <nil> <nil>", "", "var err error; return err"},
	{"<nil> <nil> lost", "", "return channel.ErrLost"},
	{"<nil> <nil> lost", "", "return 1, channel.ErrLost"},
	{"<nil> <nil> the second value returned is a int and not an error", "", "return 1, 2"},
	{"int 12 <nil>", "", "return strconv.Atoi(`12`)"},
	{"<nil> <nil> invalid syntax", "", "return strconv.Atoi(`twelve`)"},
	{"string some <nil>", "", "if len(args) == 0 { return `none` }; return `some`"},
	{"int 7 <nil>", "", "for { return 7 }"},
	{"int 8 <nil>", "", "switch { case true: return 8 }"},
	{"int 8 <nil>", "", "switch { case true:\n\treturn 8\ndefault:\n\treturn 9\n}"},
	{"int 9 <nil>", "", "f := func() int { return 9 }; f(); return f()"},
	{"int 3 <nil>", "", "L: for { for { break L } }; return 3"},
	{"int 6 <nil>", "", "L: return 6; goto L"},
	{"[]int [1 2] <nil>", "", "return []int{\n\t1,\n\t2,\n}, nil // behind"},
	{"bool true <nil>", "", "return ctx.Err() == nil && channel != nil"},
	{"<nil> <nil> <nil>", "", "if false { return 1 } else if false { return 2 }"},
	{"string [1 two] <nil>", "", "return fmt.Sprint(args)"},
	{"string [source.go 1 two] <nil>", "", "return fmt.Sprint(os.Args)"},
	{"int 42 <nil>", "", "return double(21)\n\nfunc double(n int) int { return 2 * n }"},
	{"string <a> <nil>", "", "v := tag(\"a\")\nreturn v.String()\ntype tag string\nfunc (t tag) String() string { return \"<\" + string(t) + \">\" }"},
	{"int 3 <nil>", "", "import s \"strings\"\nreturn s.Count(`cheese`, `e`)"},
	{"int 5 <nil>", "", "import (\n\"strings\"\n)\n; return strings.Index(`12345x`, `x`)"},
	{"int 1 <nil>", "", "func(n int) { channel.Done() }(1); return 1 // a literal is no declaration"},
	{"string ok <nil>", "", "return helper()\nfunc helper() string { if ctx.Err() != nil || channel == nil || args == nil { return `no` }; return `ok` }"},
	{"int 2 <nil>", "", "return own(channel)\nfunc own(c *channel.Channel) int { return 2 }"},
	{"bool true <nil>", "", "var c *channel.Channel = channel; return c == channel"},
	{"bool true <nil>", "", "return channel.Near != channel.Far"},
	{"bool true <nil>", "", "return channel.Of[int](channel).Channel() == channel"},
	{"bool true <nil>", "", "var c channel.Typed[string]; return c.Channel() == nil"},
	{"string method <nil>", "", "return channel.Receive(ctx)"},
	{"int 0 <nil>", "", "return channel.Receive[int](ctx, channel)"},
	{"bool true <nil>", "", "import \"github.com/farside-go/farside/channel\"\nreturn channel.Of[int](channel).Channel() == channel"},
	{"int 1 <nil>", "", "json := struct{ A int }{1}; return json.A"},
	{"int 2 <nil>", "", "return f(struct{ A int }{2})\nfunc f(time struct{ A int }) int { return time.A }"},
	{"int 3 <nil>", "", "var sort = struct{ A int }{3}; return sort.A"},
	{"int 5 <nil>", "", "return args()\nfunc args() int { return 5 }"},
	{"int 6 <nil>", "", "import channel \"math/bits\"\nreturn channel.Len(63)"},
	{"<nil> <nil> <nil>", "", "if false { rand.IntN(3); json.Marshal(1); _ = template.HTML(``); scanner.ErrorList{}.Len(); pprof.Lookup(``); heap.Init(nil) }"},
	{"<nil> <nil> <nil>", "", "if false { rand.Prime(nil, 0); _ = template.HTMLEscapeString(``) }"},
	{"<nil> <nil> <nil>", "", "if false { rand.Seed(1); _ = filepath.Base(``); os.Exit(1) }"},

	{"int 3 <nil>", "", "func F(ctx context.Context, a int, b string) (int, error) { return a + len(b) - 1, nil }"},
	{"string r <nil>", "", "func F(context.Context, ...any) string { return `r` }"},
	{"string 2 <nil>", "", "func F(ctx context.Context, ch *channel.Channel, s ...any) (string, error) { return fmt.Sprint(len(s)), ctx.Err() }"},
	{"int 1 <nil>", "", "package far\nimport \"context\"\nfunc F(ctx context.Context, _ ...any) int { return 1 }"},
	{"bool true <nil>", "", "//go:build ignore\n// +build ignore\n\n/* of a */ package main // here\nfunc F(ctx context.Context, _ ...any) bool { return len(os.Args) > 0 }"},
	{"int 4 <nil>", "", "func f(ctx context.Context, _ ...any) int { return 3 }; func G(ctx context.Context, _ ...any) int { return f(ctx) + 1 }"},
	{"int 6 <nil>", "", "var n int\nfunc init() { n = 6 }\nfunc F(ctx context.Context, _ ...any) int { return n }"},
	{"int 7 <nil>", "", "import c \"context\"\nfunc F(c.Context, ...any) int { return 7 }"},
	{"int 8 <nil>", "", "import . \"context\"\nfunc F(ctx Context, _ ...any) int { return 8 }"},
	{"int 9 <nil>", "G", "func F(ctx context.Context, _ ...any) int { return 1 }\nfunc G(ctx context.Context, _ ...any) int { return 9 }"},
	{"int 10 <nil>", "F", "func F(ctx context.Context, _ ...any) int { if false { main() }; return 10 }\nfunc main() { panic(0) }\nvar x = struct{ main int }{}.main"},
	{"int 11 <nil>", "", "func F(_worker ...any) int { return 0 }\nfunc worker(ctx context.Context, _ ...any) int { return 11 }"},
}

// All are one program, since linking is what takes time: each is a package of it whose
// main is called otherwise.
func TestTextsMeanWhatInterpretedOnesDo(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range stub {
		write("farside/"+name, text)
	}
	write("go.mod", "module m\n\ngo 1.21\n\nrequire github.com/farside-go/farside v0.0.0\n\nreplace github.com/farside-go/farside => ./farside\n")
	write("go.work", "go 1.26.0\n\nuse (\n\t.\n\t./farside\n)\n")
	imports, calls, wants := "", "", ""
	for i, c := range texts {
		program, err := farmain.FromText("dir/source.go", c.text, c.far)
		if err != nil {
			t.Errorf("%s\n%v", c.text, err)
			continue
		}
		name := fmt.Sprintf("t%02d", i)
		for file, text := range program.Files {
			text = strings.Replace(text, "package main", "package "+name, 1)
			write(name+"/"+file, strings.Replace(text, "func main() { _worker_", "func Main() { _worker_", 1))
		}
		imports += fmt.Sprintf("import %s \"m/%s\"\n", name, name)
		calls += fmt.Sprintf("\tworker.Call(%q, %s.Main, 1, `two`)\n", name, name)
		wants += name + ": " + c.want + "\n"
	}
	write("main.go", "package main\n\nimport \"github.com/farside-go/farside/worker\"\n"+imports+"\nfunc main() {\n"+calls+"}\n")
	cmd := exec.CommandContext(t.Context(), "go", "run", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=", "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	wanted := strings.Split(wants, "\n")
	for i, got := range strings.Split(string(out), "\n") {
		if i < len(wanted) && got != wanted[i] {
			t.Errorf("%s\ngives %s\nnot %s", texts[i].text, got, wanted[i])
		}
	}
}
