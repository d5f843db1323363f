package exportdata_test

import (
	"bytes"
	"go/constant"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/farside-go/farside/interp/internal/exportdata"
	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

// TestNothingExportedIsLost compares every exported object of the standard
// library with what the toolchain says of it.
func TestNothingExportedIsLost(t *testing.T) {
	r := exportdata.New()
	objects := 0
	for path, want := range toolchainPackages(t) {
		got, err := r.Import(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if got.Name() != want.Name() || got.Path() != path || !got.Complete() {
			t.Errorf("%s: got %v", path, got)
		}
		for _, name := range want.Scope().Names() {
			if !token.IsExported(name) {
				continue
			}
			objects++
			compareObjects(t, got.Scope().Lookup(name), want.Scope().Lookup(name))
		}
	}
	if objects < 5000 {
		t.Errorf("compared only %d objects", objects)
	}
}

func compareObjects(t *testing.T, got, want types.Object) {
	t.Helper()
	if got == nil {
		t.Errorf("%v: missing", want)
		return
	}
	if g, w := types.ObjectString(got, nil), types.ObjectString(want, nil); g != w && !hidesInsides(want) {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
	switch want := want.(type) {
	case *types.Const:
		if !constant.Compare(got.(*types.Const).Val(), token.EQL, want.Val()) {
			t.Errorf("%v: got %v", want, got.(*types.Const).Val())
		}
	case *types.TypeName:
		compareTypes(t, got.Type(), want.Type())
	}
}

// hidesInsides reports whether an object's text shows the types of unexported
// fields or methods.
func hidesInsides(obj types.Object) bool {
	if _, isType := obj.(*types.TypeName); !isType {
		return false
	}
	switch t := obj.Type().Underlying().(type) {
	case *types.Struct:
		return true
	case *types.Interface:
		return slices.ContainsFunc(slices.Collect(t.Methods()), func(m *types.Func) bool { return !m.Exported() })
	}
	return false
}

func compareTypes(t *testing.T, got, want types.Type) {
	t.Helper()
	if g, w := exportedMethods(got), exportedMethods(want); !slices.Equal(g, w) {
		t.Errorf("%v: methods\n%v\nwant\n%v", want, strings.Join(g, "\n"), strings.Join(w, "\n"))
	}
	if g, w := types.Comparable(got), types.Comparable(want); g != w {
		t.Errorf("%v: comparable is %v", want, g)
	}
	if params, ok := want.(interface{ TypeParams() *types.TypeParamList }); ok && params.TypeParams().Len() > 0 {
		return // has no size, and cannot be implemented
	}
	sizes := types.SizesFor("gc", runtime.GOARCH)
	if g, w := sizes.Sizeof(got), sizes.Sizeof(want); g != w {
		t.Errorf("%v: size is %d, want %d", want, g, w)
	}
	if s, ok := want.Underlying().(*types.Struct); ok {
		compareFields(t, got.Underlying().(*types.Struct), s)
	}
}

func compareFields(t *testing.T, got, want *types.Struct) {
	t.Helper()
	if got.NumFields() != want.NumFields() {
		t.Errorf("%v: got %v", want, got)
		return
	}
	for i := range want.NumFields() {
		g, w := got.Field(i), want.Field(i)
		if g.Name() != w.Name() || g.Pkg().Path() != w.Pkg().Path() {
			t.Errorf("field %v: got %v", w, g)
		}
		if w.Exported() && (g.Embedded() != w.Embedded() || got.Tag(i) != want.Tag(i) ||
			types.TypeString(g.Type(), nil) != types.TypeString(w.Type(), nil)) {
			t.Errorf("field %v: got %v", w, g)
		}
	}
}

// exportedMethods gives the exported methods of a pointer to a type, or of an
// interface all methods' names.
func exportedMethods(t types.Type) (list []string) {
	if iface, ok := t.Underlying().(*types.Interface); ok {
		for m := range iface.Methods() {
			text := m.FullName()
			if m.Exported() {
				text = m.String()
			}
			list = append(list, text)
		}
		return list
	}
	methods := types.NewMethodSet(types.NewPointer(t))
	for m := range methods.Methods() {
		if m.Obj().Exported() {
			list = append(list, m.String())
		}
	}
	return list
}

// toolchainPackages gives the public packages of the standard library as the
// installed toolchain has them.
func toolchainPackages(t *testing.T) map[string]*types.Package {
	t.Helper()
	if written, err := exportdata.Toolchain(exportdata.Std()); err != nil || written != runtime.Version() {
		t.Skipf("the archive was written by %s, this is %s: %v", written, runtime.Version(), err)
	}
	cmd := exec.Command("go", "list", "-export", "-f", "{{.ImportPath}}\t{{.Export}}", "std")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list -export std: %v\n%s", err, &stderr)
	}
	exports := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		exports[path] = file
	}
	imp := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})
	packages := make(map[string]*types.Package)
	for path := range exports {
		if !format.Public(path) {
			continue
		}
		if packages[path], err = imp.Import(path); err != nil {
			t.Fatal(err)
		}
	}
	return packages
}
