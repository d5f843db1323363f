package grammar

import (
	"fmt"
	"reflect"
	"strconv"

	"github.com/farside-go/farside/interp/internal/difffuzz/model"
)

// A path is an expression that names a variable or a part of one.
type path struct {
	s   string
	typ *model.Type
	set bool        // it can be assigned to
	ref bool        // it can be the operand of &
	at  *model.Type // s is a slice of this type, of which an element is meant
}

// pathDepth is how many steps a path has beside its variable.
const pathDepth = 2

// paths gives what is in scope and wanted.
func (b *body) paths(wanted func(path) bool) []path {
	var out []path
	for _, v := range b.vars {
		b.walk(path{s: v.name, typ: v.typ, set: !v.fixed, ref: !v.fixed}, pathDepth, func(p path) {
			if wanted(p) {
				out = append(out, p)
			}
		})
	}
	return out
}

// walk visits a path and the parts of it.
func (b *body) walk(p path, depth int, visit func(path)) {
	visit(p)
	if depth == 0 {
		return
	}
	switch p.typ.Kind {
	case reflect.Struct:
		b.walkFields(p, p.typ, depth, visit)
	case reflect.Pointer:
		star := path{s: "(*" + p.s + ")", typ: p.typ.Elem, set: true, ref: true}
		b.walk(star, depth-1, visit)
		if p.typ.Elem.Kind == reflect.Struct {
			b.walkFields(path{s: p.s, set: true, ref: true}, p.typ.Elem, depth, visit)
		}
	case reflect.Array:
		index := fmt.Sprintf("%s[%d]", p.s, b.g.Rand.IntN(p.typ.Len))
		b.walk(path{s: index, typ: p.typ.Elem, set: p.set, ref: p.ref}, depth-1, visit)
	case reflect.Slice:
		visit(path{s: p.s, typ: p.typ.Elem, at: p.typ})
	case reflect.Map:
		visit(path{s: p.s + "[" + b.key(p.typ) + "]", typ: p.typ.Elem})
	}
}

// walkFields visits the fields of a struct, those that are promoted too.
func (b *body) walkFields(p path, t *model.Type, depth int, visit func(path)) {
	for _, f := range t.Fields {
		part := path{s: p.s + "." + f.Name, typ: f.Type, set: p.set, ref: p.ref}
		b.walk(part, depth-1, visit)
		if f.Embedded && f.Type.Kind == reflect.Struct {
			b.walkFields(p, f.Type, depth-1, visit)
		}
	}
}

// key gives one of the keys that map literals have.
func (b *body) key(t *model.Type) string {
	key := strconv.Itoa(b.g.Rand.IntN(4) * 7)
	if t.Key.IsString() {
		return strconv.Quote(key)
	}
	return key
}

// pathOf gives a path to a type, if there is one.
func (b *body) pathOf(t *model.Type) (string, bool) {
	found := b.paths(func(p path) bool { return p.typ == t })
	if len(found) == 0 {
		return "", false
	}
	return b.read(model.Pick(b.g.Universe, found)), true
}

// read gives the expression that reads a path.
func (b *body) read(p path) string {
	if p.at == nil {
		return p.s
	}
	at := b.g.helper("at", "func NAME(s "+p.at.Text+", i int) (v "+p.typ.Text+") {\n"+
		"if uint(i) < uint(len(s)) {\nv = s[i]\n}\nreturn v\n}")
	return fmt.Sprintf("%s(%s, %d)", at, p.s, b.g.Rand.IntN(4))
}

// typeWhere gives a basic or declared type that is wanted, rather one of which
// there is something in scope.
func (b *body) typeWhere(wanted func(*model.Type) bool) *model.Type {
	if !b.g.One(4) {
		found := b.paths(func(p path) bool { return (p.typ.Declared || p.typ.IsBasic()) && wanted(p.typ) })
		if len(found) > 0 {
			return model.Pick(b.g.Universe, found).typ
		}
	}
	return b.g.TypeWhere(wanted)
}
