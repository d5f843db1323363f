package stdlib

import (
	"go/constant"
	"go/token"
	"reflect"
	"strings"
)

// A table is what the generated files declare, one a package. The linker lays
// it out: it costs nothing at the start of the process and no code, and the
// Values are made from it on demand. A table without a name stands for a
// package that this platform does not have.
type table struct {
	name     string   // the name in the package clause
	needs    []string // other packages, sorted, with interfaces reachable from here
	values   []symbol // functions, typed constants, booleans
	consts   []symbol // other untyped constants: int64, uint64, string or float
	vars     []symbol // pointers to variables
	types    []symbol // nil pointers to types
	wrappers []symbol // nil pointers to wrappers
}

// A symbol is a name and what its Value is made of.
type symbol struct {
	name  string
	value any
}

// A float is the exact value of an untyped floating-point constant, as a
// literal or as a fraction of two integers.
type float string

// symbols makes the map of a whole table.
func (t *table) symbols() map[string]reflect.Value {
	n := len(t.values) + len(t.consts) + len(t.vars) + len(t.types) + len(t.wrappers)
	m := make(map[string]reflect.Value, n)
	put(m, t.values)
	for _, s := range t.consts {
		m[s.name] = reflect.ValueOf(untyped(s.value))
	}
	for _, s := range t.vars {
		m[s.name] = reflect.ValueOf(s.value).Elem()
	}
	put(m, t.types)
	put(m, t.wrappers)
	return m
}

// put adds symbols that are what they stand for.
func put(m map[string]reflect.Value, symbols []symbol) {
	for _, s := range symbols {
		m[s.name] = reflect.ValueOf(s.value)
	}
}

// untyped makes the value of an untyped constant.
func untyped(v any) constant.Value {
	switch v := v.(type) {
	case int64:
		return constant.MakeInt64(v)
	case uint64:
		return constant.MakeUint64(v)
	case string:
		return constant.MakeString(v)
	case float:
		return v.value()
	}
	return constant.MakeUnknown()
}

// value reads a float; the generator has made sure that it can be read.
func (f float) value() constant.Value {
	num, den, fraction := strings.Cut(string(f), "/")
	if !fraction {
		return constant.MakeFromLiteral(num, token.FLOAT, 0)
	}
	return constant.BinaryOp(
		constant.MakeFromLiteral(num, token.INT, 0), token.QUO, constant.MakeFromLiteral(den, token.INT, 0))
}
