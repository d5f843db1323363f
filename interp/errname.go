package interp

import "go/ast"

// errorName gives the name of the type of an error that far code returned, for
// a type that it declares: reflection does not know it, so it can be told only
// where a single type of the source has a method Error.
func (u *unit) errorName() string {
	name := ""
	for _, decl := range u.file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Recv == nil || f.Name.Name != "Error" || len(f.Recv.List) != 1 {
			continue
		}
		if name != "" {
			return "error"
		}
		name = receiverName(f.Recv.List[0].Type)
	}
	if name == "" {
		return "error"
	}
	return name
}

// receiverName gives main.T or *main.T.
func receiverName(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return "*" + receiverName(t.X)
	case *ast.IndexExpr:
		return receiverName(t.X)
	case *ast.Ident:
		return "main." + t.Name
	}
	return "error"
}
