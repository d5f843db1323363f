package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// findFar finds the far function of a file: the one asked for, or else the only
// one whose first parameter is a context.Context, where an exported one is
// preferred.
func (u *unit) findFar(fset *token.FileSet, want string) error {
	contextName := u.importName("context")
	var candidates, exported []*ast.FuncDecl
	for _, decl := range u.file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Recv != nil {
			continue
		}
		if want != "" && f.Name.Name == want {
			u.far = f
			return u.checkFar(fset)
		}
		if !takesContext(f, contextName) {
			continue
		}
		candidates = append(candidates, f)
		if f.Name.IsExported() {
			exported = append(exported, f)
		}
	}
	if want != "" {
		return compileError(u.name, fmt.Sprintf("no function %s in this source", want))
	}
	if len(exported) > 0 {
		candidates = exported
	}
	switch len(candidates) {
	case 0:
		return compileError(u.name, "no far function: one is declared as func(ctx context.Context, ...)")
	case 1:
		u.far = candidates[0]
		return u.checkFar(fset)
	}
	var names []string
	for _, f := range candidates {
		names = append(names, f.Name.Name)
	}
	return faultAt(fset, candidates[1].Name.Pos(),
		fmt.Sprintf("several far functions: %s; say which one is to run", strings.Join(names, ", ")))
}

// importName gives the name that a package has in the file.
func (u *unit) importName(path string) string {
	for _, spec := range u.file.Imports {
		if importPath(spec) == path && spec.Name != nil {
			return spec.Name.Name
		}
	}
	return base(path)
}

// takesContext reports whether a function's first parameter is a context.Context.
func takesContext(f *ast.FuncDecl, contextName string) bool {
	if len(f.Type.Params.List) == 0 {
		return false
	}
	switch t := types.ExprString(f.Type.Params.List[0].Type); contextName {
	case ".":
		return t == "Context"
	default:
		return t == contextName+".Context"
	}
}

// checkFar refuses what cannot be called.
func (u *unit) checkFar(fset *token.FileSet) error {
	f := u.far
	if f.Type.TypeParams != nil {
		return faultAt(fset, f.Name.Pos(), fmt.Sprintf("%s cannot be a far function: it has type parameters", f.Name.Name))
	}
	results := 0
	if f.Type.Results != nil {
		results = f.Type.Results.NumFields()
	}
	if results > 2 {
		return faultAt(fset, f.Name.Pos(), fmt.Sprintf(
			"%s cannot be a far function: one gives a result, an error, or both", f.Name.Name))
	}
	return nil
}

// params gives the names and types of the far function's parameters.
func (u *unit) params() (params []string) {
	for _, field := range u.far.Type.Params.List {
		t := types.ExprString(field.Type)
		if len(field.Names) == 0 {
			params = append(params, t)
		}
		for _, name := range field.Names {
			params = append(params, name.Name+" "+t)
		}
	}
	return params
}
