package stdlib_test

import (
	"go/token"
	"go/types"
	"reflect"
	"runtime"
	"testing"

	"github.com/farside-go/farside/interp/internal/exportdata"
	"github.com/farside-go/farside/interp/stdlib"
)

// TestValuesAreWhatTheCheckerThinks compares each Value with the declaration
// that sources are checked against.
func TestValuesAreWhatTheCheckerThinks(t *testing.T) {
	archive := exportdata.Standard(runtime.GOOS + "/" + runtime.GOARCH)
	checked := 0
	for _, path := range stdlib.Packages() {
		pkg, err := archive.Import(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if pkg.Name() != stdlib.Name(path) {
			t.Errorf("%s is called %s, want %s", path, stdlib.Name(path), pkg.Name())
		}
		for name, v := range stdlib.Symbols(path) {
			checked++
			if obj := pkg.Scope().Lookup(name); obj == nil || !token.IsExported(name) || !fits(obj, v) {
				t.Errorf("%s.%s: %v, want %v", path, name, v.Type(), obj)
			}
		}
	}
	if checked < 3000 {
		t.Errorf("checked only %d symbols", checked)
	}
}

// fits reports whether v is of the kind of obj, as far as its name or signature
// tells.
func fits(obj types.Object, v reflect.Value) bool {
	switch obj := obj.(type) {
	case *types.Func:
		sig := obj.Signature()
		return v.Kind() == reflect.Func && !v.CanAddr() && v.Type().NumIn() == sig.Params().Len() &&
			v.Type().NumOut() == sig.Results().Len() && v.Type().IsVariadic() == sig.Variadic()
	case *types.Var:
		return v.CanSet() && called(obj.Type(), v.Type())
	case *types.TypeName:
		return v.Kind() == reflect.Pointer && v.IsNil() && called(obj.Type(), v.Type().Elem())
	}
	return false
}

// called reports whether a type has the name of another, if that has one.
func called(t types.Type, rt reflect.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.TypeArgs().Len() > 0 || named.Obj().Pkg() == nil {
		return true
	}
	return rt.Name() == named.Obj().Name() && rt.PkgPath() == named.Obj().Pkg().Path()
}
