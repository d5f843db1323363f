package generic_test

import (
	"go/token"
	"go/types"
	"slices"
	"testing"

	"github.com/farside-go/farside/interp/internal/check"
	"github.com/farside-go/farside/interp/internal/exportdata"
	"github.com/farside-go/farside/interp/internal/generic"
	"github.com/farside-go/farside/interp/internal/generic/native"
)

// TestEverythingGenericIsThere compares what is here with all that is generic in
// the packages that a source can import.
func TestEverythingGenericIsThere(t *testing.T) {
	im := check.NewImporter()
	found := 0
	for path := range exportdata.New().Names() {
		std, err := im.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range std.Scope().Names() {
			obj := std.Scope().Lookup(name)
			if !isGeneric(obj) || !token.IsExported(name) {
				continue
			}
			found++
			ours, err := generic.Package(path)
			if err != nil {
				t.Errorf("%s.%s: %v", path, name, err)
				continue
			}
			compare(t, ours.Types.Scope().Lookup(name), obj)
		}
	}
	if found < 80 {
		t.Errorf("found only %d", found)
	}
}

func compare(t *testing.T, ours, std types.Object) {
	t.Helper()
	if ours == nil {
		t.Errorf("%v: missing", std)
		return
	}
	if _, isType := std.(*types.TypeName); !isType {
		if got, want := types.ObjectString(ours, nil), types.ObjectString(std, nil); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		return
	}
	got, want := methods(ours.Type()), methods(std.Type())
	if !slices.Equal(got, want) {
		t.Errorf("%v: methods\n%q\nwant\n%q", std, got, want)
	}
}

// methods gives the exported methods of a type and of a pointer to it.
func methods(t types.Type) (list []string) {
	set := types.NewMethodSet(types.NewPointer(t))
	for m := range set.Methods() {
		if m.Obj().Exported() {
			list = append(list, m.Obj().Name()+types.TypeString(m.Type(), nil))
		}
	}
	return list
}

func isGeneric(obj types.Object) bool {
	switch obj := obj.(type) {
	case *types.Func:
		return obj.Signature().TypeParams().Len() > 0
	case *types.TypeName:
		params, ok := obj.Type().(interface{ TypeParams() *types.TypeParamList })
		return ok && params.TypeParams().Len() > 0
	}
	return false
}

func TestOnlyGenericPackagesAreRead(t *testing.T) {
	for path, want := range map[string]bool{
		"slices": true, "maps": true, "sync/atomic": true, "math/rand/v2": true, "database/sql": true,
		"github.com/farside-go/farside/channel": true,
		"fmt":                                   false, "math/rand": false, "math": false, "crypto": false, "nosuch": false,
	} {
		if _, err := generic.Package(path); (err == nil) != want {
			t.Errorf("Package(%s): %v", path, err)
		}
	}
}

func TestPackageIsReadOnce(t *testing.T) {
	packages := make(chan *check.Package)
	for range 4 {
		go func() { // ends with the send
			pkg, err := generic.Package("slices")
			if err != nil {
				t.Error(err)
			}
			packages <- pkg
		}()
	}
	first := <-packages
	for range 3 {
		if pkg := <-packages; pkg != first {
			t.Error("two packages slices")
		}
	}
}

// TestNativeHasASymbolForEverything: what source imports by name must be there
// when it runs.
func TestNativeHasASymbolForEverything(t *testing.T) {
	pkg, err := generic.Package(generic.NativePath)
	if err != nil {
		t.Fatal(err)
	}
	symbols := native.Symbols()
	for _, name := range pkg.Types.Scope().Names() {
		if _, ok := symbols[name]; !ok && name != "Symbols" && token.IsExported(name) {
			t.Errorf("no symbol for %s", name)
		}
		delete(symbols, name)
	}
	for name := range symbols {
		t.Errorf("a symbol for %s, which is not declared", name)
	}
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		if err := generic.Read("slices"); err != nil {
			b.Fatal(err)
		}
	}
}
