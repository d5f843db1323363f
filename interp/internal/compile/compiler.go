package compile

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/compile/escape"
	"github.com/farside-go/farside/interp/internal/typemap"
	"github.com/farside-go/farside/interp/internal/vm"
)

// A Package is a type-checked package with its syntax.
type Package struct {
	Types    *types.Package
	Info     *types.Info
	Files    []*ast.File
	Embedded []Embedded
}

// An Embedded is a variable that files are embedded into. It has them before the
// package is initialised.
type Embedded struct {
	Var *types.Var
	Set func(p unsafe.Pointer) // sets the variable at p
}

// Symbols are the compiled packages that a program can use.
type Symbols interface {
	// Symbol gives a function, a variable (addressable), or a type as a nil
	// pointer to it.
	Symbol(path, name string) reflect.Value

	// Has reports whether there is a compiled package of that path.
	Has(path string) bool

	// Names gives the names of a package's symbols.
	Names(path string) []string

	// Bound gives the number, in the program's State, of a symbol that is each
	// program's own in place of the compiled one. It is false for all others. For a
	// variable, a func() reflect.Value may stand there, which gives it each time it
	// is used.
	Bound(path, name string) (int, bool)
}

// Options are what the compiler needs to know.
type Options struct {
	Symbols Symbols

	// Generic gives the syntax of a compiled package's generic functions and types.
	Generic func(path string) (*Package, error)
}

// A Compiler compiles packages into one program.
type Compiler struct {
	Code  *vm.Code
	Types *typemap.Map

	symbols   Symbols
	generic   func(path string) (*Package, error)
	ctx       *types.Context
	packages  map[string]*Package // the program's own, by path
	generics  map[string]*Package // of compiled packages
	globals   map[*types.Var]int  // their numbers
	inits     []*vm.Closure       // of generic packages
	decls     map[*types.Func]*decl
	funcs     map[string]*vm.Func
	methods   map[methodID]*vm.Func
	exposures map[exposure]reflect.Value
	queue     []func()
	facts     map[*ast.FuncDecl]*escape.Facts
	ids       map[types.Object]int
}

// A decl is a function's declaration with the package that it stands in.
type decl struct {
	pkg  *Package
	node *ast.FuncDecl
}

// An Error is something that cannot be compiled.
type Error struct {
	Pos token.Pos
	Msg string
}

func (e *Error) Error() string { return e.Msg }

// New makes a compiler.
func New(opts *Options) *Compiler {
	c := &Compiler{
		Code: new(vm.Code), symbols: opts.Symbols, generic: opts.Generic, ctx: types.NewContext(),
		packages: make(map[string]*Package), generics: make(map[string]*Package),
		globals: make(map[*types.Var]int), decls: make(map[*types.Func]*decl),
		funcs: make(map[string]*vm.Func), methods: make(map[methodID]*vm.Func), exposures: make(map[exposure]reflect.Value),
		facts: make(map[*ast.FuncDecl]*escape.Facts), ids: make(map[types.Object]int),
	}
	c.Types = &typemap.Map{
		Symbol: opts.Symbols.Symbol, Symbols: opts.Symbols.Names, Compiled: c.compiled, Methods: c.methodsOf,
		Local: make(map[token.Pos]int),
	}
	return c
}

// compiled reports whether a package is compiled, and not the program's own.
func (c *Compiler) compiled(path string) bool {
	return c.packages[path] == nil && c.symbols.Has(path)
}

// fail ends the compilation.
func fail(pos token.Pos, format string, args ...any) {
	panic(&Error{pos, fmt.Sprintf(format, args...)})
}

// Add makes a package part of the program. Its variables are made, its functions
// can be called. What it imports must have been added before.
func (c *Compiler) Add(pkg *Package) (err error) {
	defer c.catch(&err)
	c.packages[pkg.Types.Path()] = pkg
	c.declare(pkg)
	return nil
}

// catch turns what fail panics with into an error.
func (c *Compiler) catch(err *error) {
	switch e := recover().(type) {
	case nil:
		if *err == nil {
			*err = c.Types.Err
		}
	case *Error:
		*err = e
	default:
		panic(e)
	}
}

// declare notes the functions and variables of a package.
func (c *Compiler) declare(pkg *Package) {
	var vars []*ast.GenDecl
	c.numberLocals(pkg)
	for _, file := range pkg.Files {
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if f, ok := pkg.Info.Defs[d.Name].(*types.Func); ok {
					c.decls[f] = &decl{pkg, d}
				}
			case *ast.GenDecl:
				vars = append(vars, d)
			}
		}
	}
	for _, d := range vars { // their types may have methods
		c.declareVars(pkg, d)
	}
}

// numberLocals numbers the types that are declared in functions.
func (c *Compiler) numberLocals(pkg *Package) {
	n := 0
	for _, file := range pkg.Files {
		ast.Inspect(file, func(node ast.Node) bool {
			spec, ok := node.(*ast.TypeSpec)
			if !ok || spec.Assign.IsValid() {
				return true
			}
			if o := pkg.Info.Defs[spec.Name]; o != nil && o.Parent() != pkg.Types.Scope() {
				n++
				c.Types.Local[spec.Name.Pos()] = n
			}
			return true
		})
	}
}

func (c *Compiler) declareVars(pkg *Package, d *ast.GenDecl) {
	if d.Tok != token.VAR {
		return
	}
	for _, spec := range d.Specs {
		for _, name := range spec.(*ast.ValueSpec).Names {
			if v, ok := pkg.Info.Defs[name].(*types.Var); ok && !c.isGlobal(v) {
				c.Declare(v)
			}
		}
	}
}

// Declare makes a variable one of the program's, wherever it is declared.
func (c *Compiler) Declare(v *types.Var) { c.globals[v] = c.Code.Declare(c.Types.Type(v.Type())) }

// Give is Declare for a variable that whoever runs the program sets. It gives its
// number.
func (c *Compiler) Give(v *types.Var) int {
	c.globals[v] = c.Code.Give(c.Types.Type(v.Type()))
	return c.globals[v]
}

func (c *Compiler) isGlobal(v *types.Var) bool {
	_, ok := c.globals[v]
	return ok
}

// Init compiles what a package does before main: its variables' initialisation,
// and its init functions in their order.
func (c *Compiler) Init(pkg *Package) (closure *vm.Closure, err error) {
	defer c.catch(&err)
	closure = c.initOf(pkg)
	c.drain()
	return closure, nil
}

func (c *Compiler) initOf(pkg *Package) *vm.Closure {
	f := c.newFn(pkg, nil, "init", nil)
	f.Func.Name = pkg.Types.Name() + ".init"
	for _, e := range pkg.Embedded {
		number := c.globals[e.Var]
		f.Emit(func(fr *vm.Frame) { e.Set(fr.Thread.Program.Variable(number)) })
	}
	for _, init := range pkg.Info.InitOrder {
		f.At(init.Rhs.Pos())
		f.initialise(init)
		f.endStatement()
	}
	for _, file := range pkg.Files {
		for _, d := range file.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Recv == nil && d.Name.Name == "init" && d.Body != nil {
				f.At(d.Pos())
				f.Emit(callOp(c.initFunc(pkg, d), nil, nil))
			}
		}
	}
	f.Finish(f.c.Code)
	return &vm.Closure{Fn: f.Func, Code: c.Code}
}

// initFunc compiles an init function, which cannot be referred to.
func (c *Compiler) initFunc(pkg *Package, d *ast.FuncDecl) *vm.Func {
	f := &vm.Func{Name: pkg.Types.Name() + ".init"}
	c.queue = append(c.queue, func() {
		fn := c.newFn(pkg, nil, "init", d)
		fn.Func = f
		fn.declaration(d)
	})
	return f
}

// Func compiles a function of a package.
func (c *Compiler) Func(fn *types.Func) (closure *vm.Closure, err error) {
	defer c.catch(&err)
	f := c.funcOf(fn, nil)
	c.drain()
	return &vm.Closure{Fn: f, Code: c.Code}, nil
}

// drain compiles the functions that were referred to.
func (c *Compiler) drain() {
	for len(c.queue) > 0 {
		next := c.queue[0]
		c.queue = c.queue[1:]
		next()
	}
	if c.Types.Err != nil {
		fail(token.NoPos, "%v", c.Types.Err)
	}
}

// genericPackage gives the syntax of a compiled package's generic declarations.
func (c *Compiler) genericPackage(pos token.Pos, path string) *Package {
	if p := c.generics[path]; p != nil {
		return p
	}
	p, err := c.generic(path)
	if err != nil || p == nil {
		fail(pos, "the generic functions of package %s cannot be used in interpreted source (%v); build the program instead", path, err)
	}
	c.generics[path] = p
	c.declare(p)
	if len(p.Info.InitOrder) > 0 {
		c.inits = append(c.inits, c.initOf(p))
	}
	return p
}

// GenericInits gives what initialises the variables of generic packages that are
// used since it was last called. It runs before what uses them.
func (c *Compiler) GenericInits() []*vm.Closure {
	inits := c.inits
	c.inits = nil
	return inits
}

// factsOf gives what is known of a declaration; all instances of it share that.
func (c *Compiler) factsOf(pkg *Package, decl *ast.FuncDecl) *escape.Facts {
	if known := c.facts[decl]; known != nil {
		return known
	}
	found := escape.Of(pkg.Info, decl)
	if decl != nil {
		c.facts[decl] = found
	}
	return found
}

// id numbers objects, so that they can be part of a key.
func (c *Compiler) id(o types.Object) int {
	n, ok := c.ids[o]
	if !ok {
		n = len(c.ids) + 1
		c.ids[o] = n
	}
	return n
}
