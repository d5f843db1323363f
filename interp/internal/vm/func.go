package vm

import (
	"go/token"
	"reflect"
	"sync"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/rtype"
)

// An Op is one instruction. The frame's PC is that of the next one already.
type Op func(fr *Frame)

// A Slot is a place in a frame.
type Slot struct {
	Off  uintptr
	Type *rtype.Type
}

// A Func is a compiled function. It does not change once it runs.
type Func struct {
	Name    string // as stack traces have it: main.(*T).Method
	Code    []Op
	Pos     []token.Pos // of each instruction
	Params  []Slot      // the receiver first
	Results []Slot
	Env     []Slot // where the captured variables' addresses go
	Globals []Global
	Defers  bool // it has a defer statement
	Final   Op   // runs after what was deferred, if it is not nil
	Shared  bool // something may run in its frame after it returned
	Type    *rtype.Type

	id     int            // its place in the free lists of threads
	layout *rtype.Type    // of its frames
	image  unsafe.Pointer // a frame in which only the constants are set
	dirty  []span         // what a frame must not keep from one call to the next

	making sync.Once
	maker  *rtype.FuncMaker
}

// A span is a part of a frame with pointers in it.
type span struct{ off, size uintptr }

// A Global is a place in a frame for the address of a package's variable.
type Global struct {
	Off    uintptr
	Number int // of the variable in the Code
}

// A Constant is a value that is in a frame from the start.
type Constant struct {
	Slot
	Value unsafe.Pointer // to a value of the slot's type
}

// Finish lays out the frames of a function: slots are all places that its
// instructions use, constants those that they only read.
func (c *Code) Finish(f *Func, size uintptr, slots []Slot, constants []Constant) {
	var types []*rtype.Type
	var offs []uintptr
	for _, s := range slots {
		types, offs = append(types, s.Type), append(offs, s.Off)
		f.addDirty(s)
	}
	for _, k := range constants {
		types, offs = append(types, k.Type), append(offs, k.Off)
	}
	for _, g := range f.Globals {
		types, offs = append(types, rtype.For[unsafe.Pointer]()), append(offs, g.Off)
	}
	f.layout = rtype.LayoutOf(size, types, offs)
	f.image = rtype.New(f.layout)
	for _, k := range constants {
		rtype.Move(k.Type, unsafe.Add(f.image, k.Off), k.Value)
	}
	c.mu.Lock()
	f.id = c.funcs
	c.funcs++
	c.mu.Unlock()
}

// addDirty notes a place that can hold pointers, joined with the one before it.
func (f *Func) addDirty(s Slot) {
	if !s.Type.HasPointers() {
		return
	}
	const word = unsafe.Sizeof(uintptr(0))
	size := (s.Type.Size() + word - 1) &^ (word - 1)
	if n := len(f.dirty); n > 0 && f.dirty[n-1].off+f.dirty[n-1].size == s.Off {
		f.dirty[n-1].size += size
		return
	}
	f.dirty = append(f.dirty, span{s.Off, size})
}

// A Closure is a function with the variables that it captured. A func value of
// the program is one whose owner is a Closure.
type Closure struct {
	Fn      *Func
	Env     []unsafe.Pointer
	Program *Program // that made it, nil for a method of a type
	Code    *Code    // of a method of a type

	// Receive says how the first argument that compiled code gives becomes the
	// receiver: it calls methods with what an interface holds.
	Receive Receive

	// Bound is the receiver of a method value.
	Bound unsafe.Pointer

	// Go is what is called, if it is no function of the program.
	Go func([]reflect.Value) []reflect.Value

	// Own is what is called, if it is a function that the program has in place of
	// a compiled one, or such a method of Receiver.
	Own, Receiver reflect.Value
}

// AsksThread reports whether a function of that type asks who calls it.
func AsksThread(t reflect.Type) bool { return t.NumIn() > 0 && t.In(0) == threadType }

var threadType = reflect.TypeFor[*Thread]()

// OwnCall gives the arguments of a call of Own.
func (c *Closure) OwnCall(th *Thread, args []reflect.Value) []reflect.Value {
	var first []reflect.Value
	if AsksThread(c.Own.Type()) {
		first = append(first, reflect.ValueOf(th))
	}
	if c.Receiver.IsValid() {
		first = append(first, c.Receiver)
	}
	return append(first, args...)
}

// callOwn calls Own for compiled code, which no line of the program is behind.
func (c *Closure) callOwn(args []reflect.Value) []reflect.Value {
	in := c.OwnCall(&Thread{Program: c.Program}, args)
	if c.Own.Type().IsVariadic() {
		return c.Own.CallSlice(in)
	}
	return c.Own.Call(in)
}

// A Receive is what is done with the first argument of a method that compiled
// code calls.
type Receive uint8

// The ways to receive.
const (
	AsIs    Receive = iota // it is an argument as others
	Pointed                // it points to the receiver
	InWord                 // it is a word that holds the receiver itself
)

// FuncValue makes a func value of a closure, as it lies in memory.
func (c *Closure) FuncValue() unsafe.Pointer {
	c.Fn.making.Do(func() { c.Fn.maker = rtype.NewFuncMaker(c.Fn.Type) })
	return c.Fn.maker.Make(unsafe.Pointer(c))
}

// ClosureOf gives the closure that a func value is, nil if it is compiled code.
func ClosureOf(fn unsafe.Pointer) *Closure { return (*Closure)(rtype.OwnerOf(fn)) }
