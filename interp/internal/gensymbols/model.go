package main

import (
	"fmt"
	"go/types"
	"strings"
)

// An entry is one line of a table: the symbol's name and the Go expression for
// its value.
type entry struct{ name, expr string }

// A model is all that the file of one package says.
type model struct {
	pkg      *types.Package
	imports  *imports
	values   []entry   // functions, typed constants, booleans
	consts   []entry   // the other untyped constants
	vars     []entry   // pointers to variables
	types    []entry   // nil pointers to types
	wrappers []entry   // nil pointers to wrappers
	decls    []wrapper // the wrappers that this file declares
	needs    []string  // see stdlib.Needs
}

// newModel collects the exported symbols of a package in order of their names.
func newModel(p *types.Package) (*model, error) {
	m := &model{pkg: p, imports: newImports(), needs: needs(p)}
	for _, name := range p.Scope().Names() {
		obj := p.Scope().Lookup(name)
		if !obj.Exported() || generic(obj) {
			continue
		}
		if err := m.add(obj); err != nil {
			return nil, fmt.Errorf("%s: %w", p.Path(), err)
		}
	}
	if len(m.imports.names) == 0 {
		m.imports.blank(p) // for what its init functions do
	}
	return m, nil
}

// add puts one exported symbol where it belongs.
func (m *model) add(obj types.Object) error {
	switch obj := obj.(type) {
	case *types.Func:
		m.values = append(m.values, entry{obj.Name(), m.ref(obj)})
	case *types.Var:
		m.vars = append(m.vars, entry{obj.Name(), "&" + m.ref(obj)})
	case *types.Const:
		return m.addConst(obj)
	case *types.TypeName:
		m.addType(obj)
	default:
		return fmt.Errorf("symbol %s: unknown kind %T", obj.Name(), obj)
	}
	return nil
}

func (m *model) addConst(c *types.Const) error {
	if !untyped(c) {
		m.values = append(m.values, entry{c.Name(), m.ref(c)})
		return nil
	}
	expr, err := untypedExpr(c.Pkg().Name()+"."+c.Name(), c.Val())
	if err != nil {
		return err
	}
	if !strings.HasPrefix(expr, "float(") {
		m.imports.name(c.Pkg())
	}
	m.consts = append(m.consts, entry{c.Name(), expr})
	return nil
}

func (m *model) addType(t *types.TypeName) {
	iface, ok := t.Type().Underlying().(*types.Interface)
	if ok && !iface.IsMethodSet() {
		return // a constraint is not a type of values
	}
	m.types = append(m.types, entry{t.Name(), nilPointer(m.ref(t))})
	if ok {
		m.addWrapper(t, iface)
	}
}

// ref gives the qualified name of a symbol of the model's own package.
func (m *model) ref(obj types.Object) string {
	return m.imports.name(m.pkg) + "." + obj.Name()
}

func nilPointer(typ string) string { return "(*" + typ + ")(nil)" }

// generic reports whether a symbol has type parameters: reflection knows
// instances only.
func generic(obj types.Object) bool {
	switch t := obj.Type().(type) {
	case *types.Signature:
		return t.TypeParams().Len() > 0
	case *types.Named:
		return t.TypeParams().Len() > 0
	case *types.Alias:
		return t.TypeParams().Len() > 0
	}
	return false
}
