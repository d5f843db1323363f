package interp

import (
	"fmt"
	"go/token"
	"reflect"
	"slices"
	"sync"
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

	id, root                 uintptr // Interpreter.id, Program.root
	child, gen, exec, ident  uintptr // of a node
	kind, action, pos        uintptr
	anc, deferred, recovered uintptr // of a frame
	deferredType             reflect.Type

	canPanic, assigns, place, call, literal enumSet // kinds of nodes
	canFail                                 enumSet // actions
}

// An enumSet is a set of values of one of yaegi's enumerations.
type enumSet [256]bool

func (s *enumSet) has(v uint) bool { return v < uint(len(s)) && s[v] }

var (
	inside     fields
	insideOnce sync.Once
)

// lookInside fills inside. It is done with the first interpreter, not when the
// process starts.
func lookInside() { insideOnce.Do(func() { inside = findFields() }) }

func findFields() (f fields) {
	f.known = true
	node := f.find(reflect.TypeFor[interp.Program](), "root", &f.root)
	frame := f.find(reflect.TypeFor[interp.Interpreter](), "frame", new(uintptr))
	f.find(reflect.TypeFor[interp.Interpreter](), "id", &f.id)
	f.find(node, "child", &f.child)
	f.find(node, "gen", &f.gen)
	f.find(node, "exec", &f.exec)
	f.find(node, "ident", &f.ident)
	f.find(node, "pos", &f.pos)
	f.find(frame, "anc", &f.anc)
	f.find(frame, "recovered", &f.recovered)
	f.deferredType = f.find(frame, "deferred", &f.deferred)
	kind := f.find(node, "kind", &f.kind)
	action := f.find(node, "action", &f.action)
	f.known = f.known && kind.Kind() == reflect.Uint && action.Kind() == reflect.Uint
	if f.known {
		kinds, actions := names(kind), names(action)
		f.canPanic = kinds.named("callExpr", "indexExpr", "sliceExpr", "starExpr", "selectorExpr", "typeAssertExpr", "sendStmt")
		f.assigns = kinds.named("assignStmt", "assignXStmt", "defineStmt", "incDecStmt")
		f.place = kinds.named("indexExpr", "starExpr", "selectorExpr")
		f.call = kinds.named("callExpr")
		f.literal = kinds.named("funcLit")
		f.canFail = actions.named("/", "/=", "%", "%=", "<<", "<<=", ">>", ">>=", "<-")
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

// An enumNames has the names of an enumeration's values.
type enumNames []string

func names(t reflect.Type) (all enumNames) {
	v := reflect.New(t).Elem()
	for i := range len(enumSet{}) {
		v.SetUint(uint64(i))
		all = append(all, fmt.Sprint(v.Interface()))
	}
	return all
}

func (all enumNames) named(names ...string) (set enumSet) {
	for i, name := range all {
		set[i] = slices.Contains(names, name)
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

// walk calls do for all nodes under n. Steps of function literals were made when
// they were compiled; they are dropped, so that they are made again from what do
// has made of their nodes when the program is executed.
func walk(n node, literal bool, do func(node)) {
	if n == nil {
		return
	}
	if literal {
		*at[step](unsafe.Pointer(n), inside.exec) = nil
	}
	do(n)
	literal = literal || inside.literal.has(*at[uint](unsafe.Pointer(n), inside.kind))
	for _, c := range *at[[]node](unsafe.Pointer(n), inside.child) {
		walk(c, literal, do)
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

// recovers reports whether a node is a call of the builtin recover, or of what
// has taken its name.
func recovers(n node) bool {
	children := *at[[]node](unsafe.Pointer(n), inside.child)
	return inside.call.has(*at[uint](unsafe.Pointer(n), inside.kind)) && len(children) == 1 &&
		*at[string](unsafe.Pointer(children[0]), inside.ident) == "recover"
}

// recovering reports whether a call of recover in a frame will find a panic.
func recovering(f frame) bool {
	around := *at[frame](unsafe.Pointer(f), inside.anc)
	return around != nil && *at[any](unsafe.Pointer(around), inside.recovered) != nil
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
