package stdlib_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/farside-go/farside/interp/stdlib"
)

// TestWrappersImplementTheirInterfaces goes through every wrapper there is.
func TestWrappersImplementTheirInterfaces(t *testing.T) {
	checked := 0
	for _, path := range stdlib.Packages() {
		table := stdlib.Symbols(path)
		for name, v := range stdlib.Wrappers(path) {
			if table[name] != v {
				t.Errorf("%s: %s is not the one in the whole table", path, name)
			}
			iface, wrapper := table[name[1:]].Type().Elem(), v.Type().Elem()
			if wrapper.Name() == "_bare" {
				checkBare(t, path, iface, wrapper)
				continue
			}
			checked++
			if !wrapper.Implements(iface) || wrapper.NumField() != iface.NumMethod()+1 {
				t.Errorf("%s: %s does not implement %v", path, name, iface)
			}
			checkFields(t, wrapper)
		}
	}
	if checked < 150 {
		t.Errorf("only %d wrappers", checked)
	}
}

// checkBare makes sure that an interface needs no better wrapper: it is empty,
// or it has a method that cannot be written elsewhere.
func checkBare(t *testing.T, path string, iface, wrapper reflect.Type) {
	t.Helper()
	sealed := iface.NumMethod() == 0
	for m := range iface.Methods() {
		sealed = sealed || !m.IsExported()
	}
	if !sealed {
		t.Errorf("%s: %v could be implemented and has no wrapper", path, iface)
	}
	if wrapper.NumField() != 1 {
		t.Errorf("_bare has fields of methods")
	}
}

// checkFields checks the shape that yaegi relies on: the value, then a function
// for each method, called W and its name, of its type.
func checkFields(t *testing.T, wrapper reflect.Type) {
	t.Helper()
	if f := wrapper.Field(0); f.Name != "IValue" || f.Type != reflect.TypeFor[any]() {
		t.Errorf("%v: first field is %v", wrapper, f)
	}
	for i := 1; i < wrapper.NumField(); i++ {
		f := wrapper.Field(i)
		method := reflect.Zero(wrapper).MethodByName(strings.TrimPrefix(f.Name, "W"))
		either := f.Name == "WUnwrap" && f.Type == reflect.TypeFor[any]()
		if !method.IsValid() || method.Type() != f.Type && !either {
			t.Errorf("%v: no method for field %s of its type", wrapper, f.Name)
		}
	}
}

func TestUnsetStringIsEmpty(t *testing.T) {
	for _, path := range []string{"fmt", "flag", "net"} {
		for name, v := range stdlib.Wrappers(path) {
			if m := reflect.New(v.Type().Elem()).MethodByName("String"); m.IsValid() {
				if got := m.Call(nil)[0].String(); got != "" {
					t.Errorf("%s.%s: String() = %q", path, name, got)
				}
			}
		}
	}
}

// TestMapTypesFit checks that each entry is about a symbol, and that the
// interpreter can follow it with what Needs and Wrappers give.
func TestMapTypesFit(t *testing.T) {
	for _, path := range stdlib.Packages() {
		table := stdlib.Symbols(path)
		for name, list := range stdlib.MapTypes(path) {
			v, ok := table[name]
			if !ok {
				t.Errorf("%s: MapTypes has %s, the table has not", path, name)
				continue
			}
			if v.Kind() == reflect.Func {
				checkInterfaces(t, path, list)
				continue
			}
			checkComposed(t, table[name[1:]].Type().Elem(), list)
		}
	}
	checkComposed(t, reflect.TypeFor[error](), stdlib.MapTypes("")["_error"])
}

// checkInterfaces checks the types to be looked for in arguments of functions.
func checkInterfaces(t *testing.T, path string, list []reflect.Type) {
	t.Helper()
	for _, typ := range list {
		owner := typ.PkgPath()
		if typ.Kind() != reflect.Interface {
			t.Errorf("%s: %v is not an interface", path, typ)
		}
		if owner != "" && owner != path && !slices.Contains(stdlib.Needs(path), owner) {
			t.Errorf("%s: no need of %s for %v", path, owner, typ)
		}
		if _, ok := stdlib.Wrappers(owner)["_"+typ.Name()]; owner != "" && !ok {
			t.Errorf("%s: no wrapper of %v", path, typ)
		}
	}
}

// checkComposed checks wrappers that stand in for that of iface. One that asks
// for less must not come before one that asks for more.
func checkComposed(t *testing.T, iface reflect.Type, list []reflect.Type) {
	t.Helper()
	for i, typ := range list {
		if !typ.Implements(iface) {
			t.Errorf("%v does not implement %v", typ, iface)
		}
		checkFields(t, typ)
		if i > 0 && typ.NumField() > list[i-1].NumField() {
			t.Errorf("%v comes after %v, which asks for less", typ, list[i-1])
		}
	}
}

func TestNeedsHaveTables(t *testing.T) {
	for _, path := range stdlib.Packages() {
		needs := stdlib.Needs(path)
		if !slices.IsSorted(needs) || slices.Contains(needs, path) {
			t.Errorf("Needs(%s) = %v", path, needs)
		}
		for _, need := range needs {
			if stdlib.Name(need) == "" && need != "syscall" {
				t.Errorf("%s needs %s, which has no table", path, need)
			}
		}
	}
	if got := stdlib.Needs("bufio"); !slices.Equal(got, []string{"io"}) {
		t.Errorf("Needs(bufio) = %v", got)
	}
}
