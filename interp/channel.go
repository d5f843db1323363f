package interp

import (
	"go/ast"
	"go/types"
)

// partChannel tells the variable channel from the package of that name, which
// bare statements may use as well: channel.Channel is a type, channel.Send a
// method of the variable. What is both is the method, unless it is given type
// arguments: channel.Receive[int](ctx, ch) is the package's function.
func (u *unit) partChannel(found map[string]*selection, world *world) {
	s := found["channel"]
	if s == nil || u.locals["channel"] {
		return
	}
	delete(found, "channel")
	pkg, err := world.Import(channelPath)
	if err != nil {
		return // it is the variable
	}
	used, indexed := false, indexed(u.file)
	for _, sel := range s.idents {
		if exports(pkg, sel.Sel.Name) && (indexed[sel] || !hasMethod(pkg, sel.Sel.Name)) {
			sel.X = &ast.Ident{NamePos: sel.X.Pos(), Name: channelAlias}
			used = true
		}
	}
	imported := false
	for _, spec := range u.file.Imports {
		if spec.Name == nil && importPath(spec) == channelPath {
			spec.Name = ast.NewIdent(channelAlias)
			imported = true
		}
	}
	if used && !imported {
		u.addImport(channelAlias, channelPath)
	}
}

// indexed finds the expressions in a file that an index or type arguments follow.
func indexed(file *ast.File) map[ast.Expr]bool {
	found := make(map[ast.Expr]bool)
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IndexExpr:
			found[n.X] = true
		case *ast.IndexListExpr:
			found[n.X] = true
		}
		return true
	})
	return found
}

func exports(pkg *types.Package, name string) bool {
	obj := pkg.Scope().Lookup(name)
	return obj != nil && obj.Exported()
}

// hasMethod reports whether a *Channel has a method.
func hasMethod(pkg *types.Package, name string) bool {
	t := types.NewPointer(pkg.Scope().Lookup("Channel").Type())
	obj, _, _ := types.LookupFieldOrMethod(t, false, pkg, name)
	return obj != nil
}
