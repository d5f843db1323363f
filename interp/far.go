package interp

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/farside-go/farside/internal/form"
)

// findFar finds the far function of the file.
func (u *unit) findFar(fset *token.FileSet, want string) error {
	far, problem := form.Far([]*ast.File{u.file}, want)
	switch {
	case problem != nil && problem.Pos.IsValid():
		return faultAt(fset, problem.Pos, problem.Text)
	case problem != nil:
		return compileError(u.name, problem.Text)
	}
	u.far = far
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
