package main

import (
	"go/types"
	"maps"
	"slices"
)

// children gives the types that a type is directly made of. Of a named type
// these are its type arguments only: what is behind its name is up to the
// caller.
func children(t types.Type) (ts []types.Type) {
	switch t := t.(type) {
	case interface{ Elem() types.Type }: // pointer, slice, array, chan, map
		ts = append(ts, t.Elem())
		if m, ok := t.(*types.Map); ok {
			ts = append(ts, m.Key())
		}
	case *types.Struct:
		for f := range t.Fields() {
			if f.Exported() || f.Embedded() {
				ts = append(ts, f.Type())
			}
		}
	case *types.Signature:
		for _, vars := range []*types.Tuple{t.Params(), t.Results()} {
			for v := range vars.Variables() {
				ts = append(ts, v.Type())
			}
		}
	case *types.Interface:
		for f := range t.Methods() {
			ts = append(ts, f.Type())
		}
	case *types.Named:
		ts = slices.Collect(t.TypeArgs().Types())
	case *types.Alias:
		ts = slices.Collect(t.TypeArgs().Types())
	}
	return ts
}

// nameable reports whether code in another module can write the type down.
func nameable(t types.Type) bool {
	if n, ok := t.(interface{ Obj() *types.TypeName }); ok {
		obj := n.Obj()
		if obj.Pkg() != nil && !(obj.Exported() && public(obj.Pkg().Path())) {
			return false
		}
	}
	return !slices.ContainsFunc(children(t), func(c types.Type) bool { return !nameable(c) })
}

// needs lists the packages, p aside, whose interfaces can be met by way of the
// exported symbols of p: as a parameter, a field, a result of a method of a
// result, and so on.
func needs(p *types.Package) []string {
	r := reach{seen: make(map[types.Type]bool), owners: make(map[string]bool)}
	for _, name := range p.Scope().Names() {
		if obj := p.Scope().Lookup(name); obj.Exported() {
			r.visit(obj.Type())
		}
	}
	delete(r.owners, p.Path())
	return slices.Sorted(maps.Keys(r.owners))
}

// reach is a walk over all types that can be reached from some.
type reach struct {
	seen   map[types.Type]bool
	owners map[string]bool // packages of the interfaces met
}

func (r *reach) visit(t types.Type) {
	t = types.Unalias(t)
	if r.seen[t] {
		return
	}
	r.seen[t] = true
	for _, c := range children(t) {
		r.visit(c)
	}
	named, ok := t.(*types.Named)
	if !ok {
		return
	}
	r.note(named)
	r.visit(named.Underlying())
	for f := range named.Methods() {
		if f.Exported() {
			r.visit(f.Type())
		}
	}
}

// note remembers the owner of an interface that interpreted code can implement.
func (r *reach) note(named *types.Named) {
	obj := named.Obj()
	iface, ok := named.Underlying().(*types.Interface)
	if ok && obj.Pkg() != nil && obj.Exported() && wanted(obj.Pkg().Path()) && implementable(iface) {
		r.owners[obj.Pkg().Path()] = true
	}
}
