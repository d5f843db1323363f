package interp

import (
	"go/ast"
	"go/types"

	"github.com/farside-go/farside/internal/form"
)

// partChannel tells the variable channel from the package of that name, which
// bare statements may use as well.
func (u *unit) partChannel(found map[string]*form.Selection, world *world) {
	s := found["channel"]
	if s == nil || u.locals["channel"] {
		return
	}
	delete(found, "channel")
	pkg, err := world.Import(channelPath)
	if err != nil {
		return // it is the variable
	}
	used := false
	for _, sel := range s.OfPackage(u.file, apiOf(pkg)) {
		sel.X = &ast.Ident{NamePos: sel.X.Pos(), Name: channelAlias}
		used = true
	}
	imported := false
	for _, spec := range u.file.Imports {
		if spec.Name == nil && form.ImportPath(spec) == channelPath {
			spec.Name = ast.NewIdent(channelAlias)
			imported = true
		}
	}
	if used && !imported {
		u.addImport(channelAlias, channelPath)
	}
}

// apiOf is the API of package channel.
func apiOf(pkg *types.Package) form.API {
	t := types.NewPointer(pkg.Scope().Lookup("Channel").Type())
	return form.API{
		Exports: func(name string) bool {
			obj := pkg.Scope().Lookup(name)
			return obj != nil && obj.Exported()
		},
		Method: func(name string) bool {
			obj, _, _ := types.LookupFieldOrMethod(t, false, pkg, name)
			return obj != nil
		},
	}
}
