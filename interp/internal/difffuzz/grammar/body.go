package grammar

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/farside-go/farside/interp/internal/difffuzz/model"
)

// Bounds of what a program does, in statements executed.
const (
	multMax = 40   // how often the body of nested loops may run
	callMax = 2000 // what a call may cost, times how often it runs
)

// A body is the inside of a function that is being written.
type body struct {
	g      *gen
	out    strings.Builder
	vars   []variable
	depth  int // of nested blocks
	mult   int // how often this place runs, at most
	cost   int // of a run of the function, in statements
	silent bool
	result *model.Type // what a return gives; nil for nothing
	loop   bool        // break and continue are possible
}

type variable struct {
	name  string
	typ   *model.Type
	fixed bool // it is not to be assigned to
}

// w writes a line.
func (b *body) w(format string, args ...any) {
	b.cost += b.mult
	fmt.Fprintf(&b.out, format+"\n", args...)
}

func (b *body) text() string { return b.out.String() }

// let makes a variable known.
func (b *body) let(name string, t *model.Type) { b.vars = append(b.vars, variable{name: name, typ: t}) }

// nest writes what is inside of braces that run n times as often.
func (b *body) nest(n int, write func()) {
	vars, mult := b.vars, b.mult
	b.mult *= n
	b.depth++
	write()
	b.depth--
	b.vars, b.mult = vars[:len(vars):len(vars)], mult
}

// closure starts the body of a function literal that stands here and runs n
// times as often.
func (b *body) closure(n int, result *model.Type) *body {
	in := &body{g: b.g, mult: b.mult * n, depth: b.depth + 1, silent: b.silent, result: result}
	in.vars = b.vars[:len(b.vars):len(b.vars)]
	return in
}

// quiet makes what is written print nothing.
func (b *body) quiet() *body {
	b.silent = true
	return b
}

// within gives the text of a block of n statements that stands here and runs
// times as often.
func (b *body) within(n, times int) string {
	in := b.closure(times, nil)
	in.block(n)
	b.cost += in.cost
	return in.text()
}

// tag gives the start of a string literal that no other place has.
func (b *body) tag() string {
	b.g.count++
	return `"` + strconv.Itoa(b.g.count)
}

// variables declares what expressions find in a scene.
func (b *body) variables() {
	for _, kind := range []reflect.Kind{reflect.Int, reflect.Float64, reflect.String, reflect.Bool, model.Pick(b.g.Universe, model.IntKinds)} {
		name, t := b.g.name("v"), b.g.Basic(kind)
		b.w("%s := %s(%s)\n_ = %s", name, t.Text, b.literal(t).s, name)
		b.let(name, t)
	}
	for range b.g.Rand.IntN(4) {
		b.declare()
	}
}
