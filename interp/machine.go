package interp

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"reflect"
	"sync"
	"sync/atomic"

	"github.com/traefik/yaegi/interp"

	"github.com/farside-go/farside/interp/stdlib"
)

// A machine is an interpreter with what ties it to this package. It serves one
// program, or one session.
type machine struct {
	y      *interp.Interpreter
	boot   *interp.Program // calls enter
	traces *traces
	std    *stdio
	names  *packageNames       // of the trees compiled so far
	run    atomic.Pointer[run] // what it runs now
	files  []*ast.File         // what was compiled, for the names of functions
}

// bootFile is the program that every run starts with. It does nothing but call
// back, so that all that belongs to a run happens where the interpreter can be
// told to stop.
var bootFile = sync.OnceValues(func() (*ast.File, error) {
	text := `package boot; import host "` + hostPath + `"; var _booted = host.Enter()`
	return parser.ParseFile(token.NewFileSet(), "boot.go", text, parser.SkipObjectResolution)
})

// newMachine makes a fresh interpreter. It takes what can be done before the
// source is known.
func newMachine() (*machine, error) {
	lookInside()
	m := &machine{traces: newTraces(), names: &packageNames{inner: make(map[string]string)}}
	m.std = newStdio(m)
	m.y = interp.New(interp.Options{
		Stdin:        eofReader{},
		Stdout:       builtinOutput{m.std}, // of the builtins print and println
		Stderr:       m.traces,
		Args:         []string{},
		GoPath:       "none",
		Unrestricted: true,
	})
	m.traces.y = m.y
	host := m.hostTable()
	if err := m.y.Use(interp.Exports{
		exportKey(hostPath, "host"): host,
		".":                         {"MapTypes": reflect.ValueOf(errorTypes(host["Return"], host["Send"], host["Encode"]))},
	}); err != nil {
		return nil, err
	}
	file, err := bootFile()
	if err != nil {
		return nil, err
	}
	m.boot, err = m.y.CompileAST(file)
	return m, err
}

// hostTable is what generated code calls.
func (m *machine) hostTable() map[string]reflect.Value {
	table := map[string]reflect.Value{
		"Enter":  reflect.ValueOf(func() bool { m.run.Load().enter(); return true }),
		"Return": reflect.ValueOf(func(values ...any) { m.run.Load().returned(values) }),
		"Call":   reflect.ValueOf(func(f any) { m.run.Load().callFar(f) }),
		"Halted": reflect.ValueOf(func() bool { return m.run.Load().halted() }),
		"Fatal":  reflect.ValueOf(func(x any, name string, args ...any) { m.run.Load().fatal(x, name, args) }),
	}
	maps.Copy(table, plainTable)
	return table
}

// errorTypes makes yaegi wrap an interpreted error with those of its methods
// that package errors looks for, and wrap it at all where functions take it as
// an any.
func errorTypes(functions ...reflect.Value) map[reflect.Value][]reflect.Type {
	types := map[reflect.Value][]reflect.Type{errorWrapper(): errorMethods()}
	for _, f := range functions {
		types[f] = errorType
	}
	return types
}

var errorType = []reflect.Type{reflect.TypeFor[error]()}

var errorMethods = sync.OnceValue(func() []reflect.Type { return stdlib.MapTypes("")["_error"] })

// errorWrapper is the symbol of yaegi's own wrapper of the type error.
var errorWrapper = sync.OnceValue(func() reflect.Value {
	return interp.New(interp.Options{}).Symbols("")[""]["_error"]
})

// execute runs a run's program and returns when it has ended or when stop has;
// then its loops have been told to end.
func (m *machine) execute(stop <-chan struct{}) {
	m.y.ExecuteWithContext(stopContext{context.Background(), stop}, m.boot)
}

// compile makes a program of a file, or of a block that is evaluated at the top
// of the package. What checks and lowers source belongs before this.
func (m *machine) compile(n ast.Node) (*interp.Program, error) {
	p, err := m.y.CompileAST(n)
	if err != nil {
		return nil, err
	}
	if file, ok := n.(*ast.File); ok {
		m.files = append(m.files, file)
	}
	m.traces.follow(p)
	return p, nil
}

// A stopContext is a ctx that ends when a Go channel is closed.
type stopContext struct {
	context.Context
	done <-chan struct{}
}

func (c stopContext) Done() <-chan struct{} { return c.done }

func (c stopContext) Err() error {
	select {
	case <-c.done:
		return context.Canceled
	default:
		return nil
	}
}

type eofReader struct{}

func (eofReader) Read([]byte) (int, error) { return 0, io.EOF }

// builtinOutput is where the builtins print and println go: standard error.
type builtinOutput struct{ std *stdio }

func (o builtinOutput) Write(p []byte) (int, error) { return o.std.stderr().Write(p) }
