package stdlib_test

import (
	"go/constant"
	"go/importer"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/farside-go/farside/interp/stdlib"
)

// TestTablesMatchExportData compares tables with what the compiler knows about
// the packages, both ways.
func TestTablesMatchExportData(t *testing.T) {
	imp := importer.ForCompiler(token.NewFileSet(), "gc", nil)
	for _, path := range []string{
		"encoding/json", "fmt", "go/ast", "io", "io/fs", "math", "math/rand/v2", "net/http", "os",
		"reflect", "runtime", "slices", "sync/atomic", "text/template", "time", "unicode",
	} {
		t.Run(path, func(t *testing.T) {
			p, err := imp.Import(path)
			if err != nil {
				t.Fatal(err)
			}
			table := stdlib.Symbols(path)
			expected := expect(p)
			for _, name := range slices.Sorted(maps.Keys(expected)) {
				v, ok := table[name]
				if !ok {
					t.Errorf("%s is missing", name)
					continue
				}
				compare(t, expected[name], v)
			}
			for name := range table {
				if _, ok := expected[name]; !ok {
					t.Errorf("%s is too much", name)
				}
			}
		})
	}
}

// expect gives the symbols that a table ought to have; wrappers have none.
func expect(p *types.Package) map[string]types.Object {
	m := make(map[string]types.Object)
	for _, name := range p.Scope().Names() {
		obj := p.Scope().Lookup(name)
		if g, ok := obj.Type().(interface{ TypeParams() *types.TypeParamList }); !obj.Exported() || ok && g.TypeParams().Len() > 0 {
			continue
		}
		iface, isInterface := obj.Type().Underlying().(*types.Interface)
		_, isType := obj.(*types.TypeName)
		if isInterface && isType && !iface.IsMethodSet() {
			continue
		}
		m[name] = obj
		if isInterface && isType {
			m["_"+name] = nil
		}
	}
	return m
}

// compare checks one symbol by its kind.
func compare(t *testing.T, obj types.Object, v reflect.Value) {
	t.Helper()
	switch obj := obj.(type) {
	case nil:
		checkNilPointer(t, "wrapper", v)
	case *types.TypeName:
		checkNilPointer(t, obj.Name(), v)
	case *types.Func:
		if sig := obj.Signature(); v.Kind() != reflect.Func || v.Type().NumIn() != sig.Params().Len() ||
			v.Type().NumOut() != sig.Results().Len() || v.Type().IsVariadic() != sig.Variadic() {
			t.Errorf("%s: %v, want %v", obj.Name(), v.Type(), sig)
		}
	case *types.Var:
		if !v.CanSet() {
			t.Errorf("%s: variable cannot be set", obj.Name())
		}
	case *types.Const:
		compareConst(t, obj, v)
	}
}

func checkNilPointer(t *testing.T, name string, v reflect.Value) {
	t.Helper()
	if v.Kind() != reflect.Pointer || !v.IsNil() {
		t.Errorf("%s: not a nil pointer", name)
	}
}

// compareConst checks that a constant is typed or untyped as it ought to be,
// and that it has the very value.
func compareConst(t *testing.T, obj *types.Const, v reflect.Value) {
	t.Helper()
	got, untyped := v.Interface().(constant.Value)
	basic, isBasic := obj.Type().(*types.Basic)
	want := isBasic && basic.Info()&types.IsUntyped != 0 && basic.Kind() != types.UntypedBool
	if untyped != want {
		t.Errorf("%s: untyped %v, want %v", obj.Name(), untyped, want)
		return
	}
	if untyped && (got.Kind() != obj.Val().Kind() || got.ExactString() != obj.Val().ExactString()) {
		t.Errorf("%s: %v, want %v", obj.Name(), got.ExactString(), obj.Val().ExactString())
	}
	if !untyped && v.CanInt() && constant.MakeInt64(v.Int()).ExactString() != obj.Val().ExactString() {
		t.Errorf("%s: %v, want %v", obj.Name(), v, obj.Val())
	}
}
