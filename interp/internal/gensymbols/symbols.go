package main

import "go/types"

// Symbols are the names of a package that its table has, by what they stand
// for, each list sorted.
type symbols struct{ funcs, vars, types []string }

// symbolsOf collects the exported symbols of a package that are values or types
// at run time. Constants are not, and what is generic has only instances.
func symbolsOf(p *types.Package) (s symbols) {
	for _, name := range p.Scope().Names() {
		obj := p.Scope().Lookup(name)
		if !obj.Exported() || generic(obj) {
			continue
		}
		switch obj := obj.(type) {
		case *types.Func:
			s.funcs = append(s.funcs, name)
		case *types.Var:
			s.vars = append(s.vars, name)
		case *types.TypeName:
			if !constraint(obj) {
				s.types = append(s.types, name)
			}
		}
	}
	return s
}

// empty reports whether there are none.
func (s *symbols) empty() bool { return len(s.funcs)+len(s.vars)+len(s.types) == 0 }

// generic reports whether a symbol has type parameters.
func generic(obj types.Object) bool {
	t, ok := obj.Type().(interface{ TypeParams() *types.TypeParamList })
	return ok && t.TypeParams().Len() > 0
}

// constraint reports whether a type is an interface that no value can have.
func constraint(obj *types.TypeName) bool {
	iface, ok := obj.Type().Underlying().(*types.Interface)
	return ok && !iface.IsMethodSet()
}
