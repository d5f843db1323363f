package interp

import (
	"embed"
	"fmt"
	"go/types"
	"io/fs"
	"slices"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/check"
	"github.com/farside-go/farside/interp/internal/compile"
	"github.com/farside-go/farside/interp/internal/embedded"
)

// toCompile gives a package of the trees, checked, with the files that it embeds.
func (f *forest) toCompile(tree *treePackage, w *world) (*compile.Package, error) {
	pkg, err := f.check(tree.path, w)
	if err != nil {
		return nil, err
	}
	files := make(map[string][]string) // by pattern
	allow := &check.Allow{Embed: func(pattern string) (err error) {
		files[pattern], err = embedded.Match(tree.folder, pattern)
		return err
	}}
	if list := check.Refuse(pkg, allow); len(list) > 0 {
		return nil, list
	}
	out := &compile.Package{Types: pkg.Types, Info: pkg.Info, Files: pkg.Files}
	embeds, _ := check.Embeds(pkg) // nothing is wrong with them: Refuse would say so
	for _, e := range embeds {
		var names []string
		for _, pattern := range e.Patterns {
			names = append(names, files[pattern.Text]...)
		}
		slices.Sort(names)
		set, err := embedding(tree.folder, e.Var, slices.Compact(names))
		if err != nil {
			return nil, faultAt(f.fset, e.Var.Pos(), err.Error())
		}
		out.Embedded = append(out.Embedded, compile.Embedded{Var: e.Var, Set: set})
	}
	return out, nil
}

// embedding gives what sets a variable to files of a folder, at each start of the
// program anew.
func embedding(folder fs.FS, v *types.Var, names []string) (set func(unsafe.Pointer), err error) {
	if _, ok := v.Type().Underlying().(*types.Struct); ok {
		made, err := embedded.FS(folder, names)
		return func(p unsafe.Pointer) { *(*embed.FS)(p) = made }, err
	}
	if len(names) > 1 {
		return nil, fmt.Errorf("invalid go:embed: multiple files for type %v", types.TypeString(v.Type(), types.RelativeTo(v.Pkg())))
	}
	data, err := fs.ReadFile(folder, names[0])
	if _, ok := v.Type().Underlying().(*types.Slice); ok {
		return func(p unsafe.Pointer) { *(*[]byte)(p) = append([]byte{}, data...) }, err
	}
	text := string(data)
	return func(p unsafe.Pointer) { *(*string)(p) = text }, err
}
