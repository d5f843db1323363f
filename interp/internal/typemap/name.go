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
	case *types.Struct:
		return m.structArg(t)
	}
	return m.Type(t).String()
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
