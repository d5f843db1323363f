package main

import (
	"fmt"
	"go/types"
	"strings"
)

// A wrapper is a struct type that has the methods of an interface and a field
// of func type behind each. yaegi fills the fields when interpreted code hands
// a value of an interpreted type to compiled code.
type wrapper struct {
	name    string
	methods []method
}

// A method is one method of a wrapper, with its types written out.
type method struct {
	name    string
	params  []string
	results []string
	last    string // "..." if the method is variadic
}

// bare is the wrapper in package stdlib for an interface of which nobody else
// can write the methods, or which has none.
const bare = "_bare"

// addWrapper adds the wrapper of interface type t. yaegi looks it up under the
// package and the name that reflection reports, so an alias shares the wrapper
// of the type it stands for.
func (m *model) addWrapper(t *types.TypeName, iface *types.Interface) {
	owner := t
	if named, ok := types.Unalias(t.Type()).(*types.Named); ok && wanted(named.Obj().Pkg().Path()) {
		owner = named.Obj()
	}
	name := bare
	if implementable(iface) {
		name = "_" + identifier(owner.Pkg().Path()) + "_" + owner.Name()
		if owner == t {
			m.decls = append(m.decls, m.newWrapper(name, iface))
		}
	}
	m.wrappers = append(m.wrappers, entry{"_" + t.Name(), nilPointer(name)})
}

func (m *model) newWrapper(name string, iface *types.Interface) wrapper {
	w := wrapper{name: name}
	for f := range iface.Methods() {
		w.methods = append(w.methods, m.newMethod(f))
	}
	return w
}

func (m *model) newMethod(f *types.Func) method {
	sig := f.Signature()
	w := method{name: f.Name()}
	for v := range sig.Params().Variables() {
		w.params = append(w.params, types.TypeString(v.Type(), m.imports.name))
	}
	for v := range sig.Results().Variables() {
		w.results = append(w.results, types.TypeString(v.Type(), m.imports.name))
	}
	if sig.Variadic() {
		n := len(w.params) - 1
		w.params[n], w.last = "..."+strings.TrimPrefix(w.params[n], "[]"), "..."
	}
	return w
}

// result gives the result types as they stand in a signature.
func (f method) result() string {
	switch len(f.results) {
	case 0:
		return ""
	case 1:
		return " " + f.results[0]
	}
	return " (" + strings.Join(f.results, ", ") + ")"
}

// String gives the declarations of the wrapper and its methods.
func (w wrapper) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "type %s struct {\n\tIValue any\n", w.name)
	for _, f := range w.methods {
		fmt.Fprintf(&b, "\tW%s func(%s)%s\n", f.name, strings.Join(f.params, ", "), f.result())
	}
	b.WriteString("}\n\n")
	for _, f := range w.methods {
		f.write(&b, w.name)
	}
	return b.String()
}

// write writes one method. String answers "" while its field is not set:
// whoever prints a wrapper for debugging must not crash on it.
func (f method) write(b *strings.Builder, recv string) {
	params, args := make([]string, len(f.params)), make([]string, len(f.params))
	for i, typ := range f.params {
		args[i] = fmt.Sprintf("a%d", i)
		params[i] = args[i] + " " + typ
	}
	call := fmt.Sprintf("w.W%s(%s%s)", f.name, strings.Join(args, ", "), f.last)
	if len(f.results) > 0 {
		call = "return " + call
	}
	fmt.Fprintf(b, "func (w %s) %s(%s)%s {", recv, f.name, strings.Join(params, ", "), f.result())
	if f.name == "String" && len(f.params) == 0 && f.result() == " string" {
		b.WriteString("\nif w.WString == nil {\nreturn \"\"\n}\n" + call + "\n}\n\n")
		return
	}
	b.WriteString(" " + call + " }\n\n")
}

// implementable reports whether the methods of an interface can be written
// outside of its package: there are some, all are exported, and every type in
// their signatures has a name that may be used.
func implementable(iface *types.Interface) bool {
	for f := range iface.Methods() {
		if !f.Exported() || !nameable(f.Type()) {
			return false
		}
	}
	return iface.NumMethods() > 0
}
