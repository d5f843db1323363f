package interp

import (
	"fmt"
	"go/token"
	"reflect"
	"slices"
	"sync/atomic"
	"unsafe"

	"github.com/traefik/yaegi/interp"
)

// yaegi says of a panic only which functions it went through, not where in
// them, and ends no deferred function at os.Exit. Both can be done from outside
// if one can see a few fields of its own types. This file is all that touches
// them. They are found by name, and without them (in another version of yaegi)
// positions are less exact and nothing else is lost.

// fields are the offsets of what is looked at.
type fields struct {
	known bool

	id, root          uintptr // Interpreter.id, Program.root
	child, gen, exec  uintptr // of a node
	kind, action, pos uintptr
	deferred          uintptr // of a frame
	deferredType      reflect.Type

	canPanic, assigns, place enumSet // kinds of nodes
	canFail                  enumSet // actions
}

// An enumSet is a set of values of one of yaegi's enumerations.
type enumSet [256]bool

func (s *enumSet) has(v uint) bool { return v < uint(len(s)) && s[v] }

var inside = findFields()

func findFields() (f fields) {
	f.known = true
	node := f.find(reflect.TypeFor[interp.Program](), "root", &f.root)
	frame := f.find(reflect.TypeFor[interp.Interpreter](), "frame", new(uintptr))
	f.find(reflect.TypeFor[interp.Interpreter](), "id", &f.id)
	f.find(node, "child", &f.child)
	f.find(node, "gen", &f.gen)
	f.find(node, "exec", &f.exec)
	f.find(node, "pos", &f.pos)
	kind := f.find(node, "kind", &f.kind)
	action := f.find(node, "action", &f.action)
	f.deferredType = f.find(frame, "deferred", &f.deferred)
	f.known = f.known && kind.Kind() == reflect.Uint && action.Kind() == reflect.Uint
	if f.known {
		f.canPanic = named(kind, "callExpr", "indexExpr", "sliceExpr", "starExpr", "selectorExpr", "typeAssertExpr", "sendStmt")
		f.assigns = named(kind, "assignStmt", "assignXStmt", "defineStmt", "incDecStmt")
		f.place = named(kind, "indexExpr", "starExpr", "selectorExpr")
		f.canFail = named(action, "/", "/=", "%", "%=", "<<", "<<=", ">>", ">>=", "<-")
	}
	return f
}

// find gives the type of a field of a struct, or of what t points to, and where
// it is.
func (f *fields) find(t reflect.Type, name string, offset *uintptr) reflect.Type {
	none := reflect.TypeFor[struct{}]()
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		f.known = false
		return none
	}
	field, ok := t.FieldByName(name)
	if !ok {
		f.known = false
		return none
	}
	*offset = field.Offset
	return field.Type
}

// named gives the values of an enumeration that have these names.
func named(t reflect.Type, names ...string) (set enumSet) {
	v := reflect.New(t).Elem()
	for i := range set {
		v.SetUint(uint64(i))
		set[i] = slices.Contains(names, fmt.Sprint(v.Interface()))
	}
	return set
}

// A node and a frame are yaegi's, seen through the offsets above.
type (
	node  unsafe.Pointer
	frame unsafe.Pointer
)

// A step executes one node and gives the step to do next. A generator makes it
// when the program is about to be executed.
type (
	step      func(frame) step
	generator func(node)
)

func at[T any](p unsafe.Pointer, offset uintptr) *T { return (*T)(unsafe.Add(p, offset)) }

// walk calls do for all nodes under n.
func walk(n node, do func(node)) {
	if n == nil {
		return
	}
	do(n)
	for _, c := range *at[[]node](unsafe.Pointer(n), inside.child) {
		walk(c, do)
	}
}

// mayPanic reports whether a node is worth being followed. Those that are not
// are what makes a tight loop fast: comparisons, additions, assignments.
func mayPanic(n node) bool {
	kind := *at[uint](unsafe.Pointer(n), inside.kind)
	if inside.canPanic.has(kind) || inside.canFail.has(*at[uint](unsafe.Pointer(n), inside.action)) {
		return true
	}
	if !inside.assigns.has(kind) {
		return false
	}
	for _, c := range *at[[]node](unsafe.Pointer(n), inside.child) {
		if inside.place.has(*at[uint](unsafe.Pointer(c), inside.kind)) {
			return true
		}
	}
	return false
}

// wrap makes the step of a node go through outer, once it is generated.
func wrap(n node, outer func(token.Pos, step) step) {
	gen := at[generator](unsafe.Pointer(n), inside.gen)
	inner := *gen
	if inner == nil {
		return
	}
	*gen = func(n node) {
		inner(n)
		exec := at[step](unsafe.Pointer(n), inside.exec)
		if *exec != nil {
			*exec = outer(*at[token.Pos](unsafe.Pointer(n), inside.pos), *exec)
		}
	}
}

func programRoot(p *interp.Program) node { return *at[node](unsafe.Pointer(p), inside.root) }

// forgetDeferred makes a frame run no deferred function.
func forgetDeferred(f frame) {
	reflect.NewAt(inside.deferredType, unsafe.Add(unsafe.Pointer(f), inside.deferred)).Elem().SetZero()
}

// runID is the number that yaegi changes to stop what runs: frames that have
// another one end.
func runID(y *interp.Interpreter) *atomic.Uint64 {
	return at[atomic.Uint64](unsafe.Pointer(y), inside.id)
}
