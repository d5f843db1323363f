package typemap

import (
	"fmt"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// typeName is a type's name as %T prints it, without the package.
func (m *Map) typeName(t *types.Named) string {
	return t.Obj().Name() + m.Args(slices.Collect(t.TypeArgs().Types()))
}

// Args are type arguments as they stand in the name of an instance.
func (m *Map) Args(args []types.Type) string {
	if len(args) == 0 {
		return ""
	}
	var list []string
	for _, arg := range args {
		list = append(list, m.argName(arg))
	}
	return "[" + strings.Join(list, ",") + "]"
}

// argName is a type as the Go compiler writes it into the name of an instance:
// with import paths in place of packages, and numbers behind local types.
func (m *Map) argName(t types.Type) string {
	t = types.Unalias(t)
	switch t := t.(type) {
	case *types.Named:
		if t.Obj().Pkg() == nil {
			return t.Obj().Name()
		}
		name := t.Obj().Pkg().Path() + "." + m.typeName(t)
		if n := m.Local[t.Obj().Pos()]; n > 0 {
			name += "·" + strconv.Itoa(n)
		}
		return name
	case *types.Pointer:
		return "*" + m.argName(t.Elem())
	case *types.Slice:
		return "[]" + m.argName(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), m.argName(t.Elem()))
	case *types.Map:
		return "map[" + m.argName(t.Key()) + "]" + m.argName(t.Elem())
	case *types.Chan:
		return m.chanArg(t)
	case *types.Signature:
		return "func" + m.signatureArg(t)
	case *types.Struct:
		return m.structArg(t)
	case *types.Interface:
		if t.NumMethods() > 0 {
			return m.interfaceArg(t)
		}
	}
	return m.Type(t).String()
}

func (m *Map) chanArg(t *types.Chan) string {
	elem := m.argName(t.Elem())
	switch t.Dir() {
	case types.SendOnly:
		return "chan<- " + elem
	case types.RecvOnly:
		return "<-chan " + elem
	}
	if strings.HasPrefix(elem, "<-") {
		elem = "(" + elem + ")"
	}
	return "chan " + elem
}

func (m *Map) signatureArg(t *types.Signature) string {
	params := m.argNames(t.Params())
	if last := len(params) - 1; t.Variadic() {
		params[last] = "..." + strings.TrimPrefix(params[last], "[]")
	}
	results := m.argNames(t.Results())
	text := "(" + strings.Join(params, ", ") + ")"
	switch len(results) {
	case 0:
		return text
	case 1:
		return text + " " + results[0]
	}
	return text + " (" + strings.Join(results, ", ") + ")"
}

func (m *Map) argNames(t *types.Tuple) (list []string) {
	for v := range t.Variables() {
		list = append(list, m.argName(v.Type()))
	}
	return list
}

func (m *Map) interfaceArg(t *types.Interface) string {
	var list []string
	for f := range t.Methods() {
		name := f.Name()
		if !f.Exported() {
			name = f.Pkg().Path() + "." + name
		}
		list = append(list, name+m.signatureArg(f.Signature()))
	}
	return "interface { " + strings.Join(list, "; ") + " }"
}

func (m *Map) structArg(t *types.Struct) string {
	var list []string
	for i := range t.NumFields() {
		f := t.Field(i)
		text := m.argName(f.Type())
		switch {
		case f.Embedded():
		case f.Exported():
			text = f.Name() + " " + text
		default:
			text = f.Pkg().Path() + "." + f.Name() + " " + text
		}
		if tag := t.Tag(i); tag != "" {
			text += " " + strconv.Quote(tag)
		}
		list = append(list, text)
	}
	if list == nil {
		return "struct {}"
	}
	return "struct { " + strings.Join(list, "; ") + " }"
}
