package form

import "go/ast"

// A Selection is what a file selects from one name that is declared nowhere in
// it: `json` of json.Marshal.
type Selection struct {
	Idents  []*ast.SelectorExpr
	Symbols map[string]bool
}

// Selections finds the names in a file that must be packages.
func Selections(file *ast.File) map[string]*Selection {
	found := make(map[string]*Selection)
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		id, ok := sel.X.(*ast.Ident)
		if !ok || id.Obj != nil {
			return true
		}
		s := found[id.Name]
		if s == nil {
			s = &Selection{Symbols: make(map[string]bool)}
			found[id.Name] = s
		}
		s.Idents = append(s.Idents, sel)
		s.Symbols[sel.Sel.Name] = true
		return true
	})
	return found
}

// Choose finds the package that a source means, of those that have the name that it
// uses: the first that has all symbols that it selects, or else the first.
func Choose(paths []string, symbols map[string]bool, has func(path, symbol string) bool) string {
	for _, path := range paths {
		all := true
		for symbol := range symbols {
			all = all && has(path, symbol)
		}
		if all {
			return path
		}
	}
	if len(paths) > 0 {
		return paths[0]
	}
	return ""
}

// An API is what package channel has.
type API struct {
	Exports func(name string) bool // the package
	Method  func(name string) bool // a *Channel
}

// OfPackage picks, from what bare statements select from the name channel, what the
// package of that name is meant by, which the variable hides: channel.Channel is a
// type, channel.Send a method of the variable. What is both is the method, unless it
// is given type arguments: channel.Receive[int](ctx, ch) is the package's function.
func (s *Selection) OfPackage(file *ast.File, channel API) (picked []*ast.SelectorExpr) {
	indexed := indexed(file)
	for _, sel := range s.Idents {
		if channel.Exports(sel.Sel.Name) && (indexed[sel] || !channel.Method(sel.Sel.Name)) {
			picked = append(picked, sel)
		}
	}
	return picked
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
