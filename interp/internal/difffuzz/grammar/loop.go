package grammar

import (
	"fmt"
	"reflect"

	"github.com/farside-go/farside/interp/internal/difffuzz/model"
)

// loopStmt writes a loop of one of the forms that there are.
func (b *body) loopStmt() {
	switch b.g.Rand.IntN(8) {
	case 0:
		b.countLoop()
	case 1:
		b.whileLoop()
	case 2:
		b.rangeInt()
	case 3:
		b.rangeMap()
	case 4:
		b.rangeFunc()
	case 5:
		b.closureLoop()
	default:
		b.rangeValue()
	}
}

// turns writes the inside of a loop.
func (b *body) turns(n int, vars ...variable) {
	loop := b.loop
	b.loop = true
	b.nest(n, func() {
		b.vars = append(b.vars, vars...)
		b.block(1 + b.g.Rand.IntN(2))
	})
	b.loop = loop
	b.w("}")
}

func (b *body) countLoop() {
	t, i, n := b.g.IntType(), b.g.name("i"), 1+b.g.Rand.IntN(5)
	if b.g.One(2) {
		b.w("for %s := %s(0); %s < %d; %s++ {", i, t.Text, i, n, i)
	} else {
		b.w("for %s := %s(%d); %s > 0; %s -= 1 {", i, t.Text, n, i, i)
	}
	b.turns(n, variable{i, t, true})
}

// whileLoop counts before anything can leave the turn.
func (b *body) whileLoop() {
	i, n := b.g.name("i"), 1+b.g.Rand.IntN(4)
	b.w("%s := 0\nfor %s < %d {\n%s++", i, i, n, i)
	b.turns(n, variable{i, b.g.Basic(reflect.Int), true})
}

func (b *body) rangeInt() {
	t, i, n := b.g.IntType(), b.g.name("i"), 1+b.g.Rand.IntN(5)
	b.w("for %s := range %s(%d) {\n_ = %s", i, t.Text, n, i)
	b.turns(n, variable{i, t, true})
}

// rangeValue ranges over a string, an array, a pointer to one, or a slice. What is
// ranged over may change meanwhile. Loops over values of any length are left after
// some turns.
func (b *body) rangeValue() {
	found := b.paths(func(p path) bool {
		t := p.typ
		return t.IsString() || t.Kind == reflect.Slice || t.Kind == reflect.Array ||
			t.Kind == reflect.Pointer && t.Elem.Kind == reflect.Array
	})
	if len(found) == 0 {
		b.rangeInt()
		return
	}
	p := model.Pick(b.g.Universe, found)
	i, v, elem := b.g.name("i"), b.g.name("e"), p.typ.Elem
	switch {
	case p.typ.IsString():
		elem = b.g.Basic(reflect.Int32)
	case p.typ.Kind == reflect.Pointer:
		elem = p.typ.Elem.Elem
	}
	b.w("for %s, %s := range %s {\n_ = %s", i, v, b.read(p), v)
	b.w("if %s >= 4 {\nbreak\n}", i)
	b.turns(5, variable{i, b.g.Basic(reflect.Int), true}, variable{name: v, typ: elem})
}

func (b *body) rangeMap() {
	found := b.paths(func(p path) bool { return p.typ.Kind == reflect.Map })
	if len(found) == 0 {
		b.rangeInt()
		return
	}
	p := model.Pick(b.g.Universe, found)
	k := b.g.name("k")
	b.w("for _, %s := range slices.Sorted(maps.Keys(%s)) {\n_ = %s", k, b.read(p), k)
	b.turns(5, variable{name: k, typ: p.typ.Key})
}

// rangeFunc ranges over a function, which sees how its loop is left.
func (b *body) rangeFunc() {
	t, v, n := b.g.ValueType(0), b.g.name("e"), 1+b.g.Rand.IntN(4)
	print := ""
	if !b.silent {
		print = fmt.Sprintf("fmt.Println(%s left\", i)", b.tag())
	}
	values := b.list(t, n, 1)
	b.w("for %s := range func(yield func(%s) bool) {", v, t.Text)
	b.w("for i, v := range []%s{%s} {\nif !yield(v) {\n_ = i\n%s\nreturn\n}\n}\n} {\n_ = %s", t.Text, values, print, v)
	b.turns(n, variable{name: v, typ: t})
}

// closureLoop makes closures over the variable of a loop and calls them later.
func (b *body) closureLoop() {
	if b.silent {
		b.countLoop()
		return
	}
	n := 1 + b.g.Rand.IntN(3)
	in := b.closure(n, nil)
	i := b.g.name("i")
	in.vars = append(in.vars, variable{i, b.g.Basic(reflect.Int), true})
	in.block(1 + b.g.Rand.IntN(2))
	b.cost += in.cost
	fs := b.g.name("fs")
	b.w("var %s []func()", fs)
	b.w("for %s := 0; %s < %d; %s++ {\n%s = append(%s, func() {\n%sfmt.Println(%s\", %s)\n})\n}", i, i, n, i, fs, fs, in.text(), b.tag(), i)
	b.w("for _, f := range %s {\nf()\n}", fs)
}
