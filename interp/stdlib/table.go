package stdlib

import "reflect"

// A table is what the generated files declare, one a package. The linker lays
// it out: it costs nothing at the start of the process and no code, and the
// Values are made from it on demand. A table without a name stands for a
// package that this platform does not have.
type table struct {
	name  string   // the name in the package clause
	funcs []symbol // functions
	vars  []symbol // pointers to variables
	types []symbol // nil pointers to types
}

// A symbol is a name and what its Value is made of.
type symbol struct {
	name  string
	value any
}

// symbols makes the map of a table.
func (t *table) symbols() map[string]reflect.Value {
	m := make(map[string]reflect.Value, len(t.funcs)+len(t.vars)+len(t.types))
	for _, s := range t.funcs {
		m[s.name] = reflect.ValueOf(s.value)
	}
	for _, s := range t.vars {
		m[s.name] = reflect.ValueOf(s.value).Elem()
	}
	for _, s := range t.types {
		m[s.name] = reflect.ValueOf(s.value)
	}
	return m
}
