package form

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// A Problem is why there is no far function. Its position is invalid if it is nowhere
// in particular.
type Problem struct {
	Pos  token.Pos
	Text string
}

// Far finds the far function in the files of a package: the one asked for, or else
// the only one whose first parameter is a context.Context, where an exported one is
// preferred.
func Far(files []*ast.File, want string) (*ast.FuncDecl, *Problem) {
	var candidates, exported []*ast.FuncDecl
	for _, file := range files {
		contextName := importName(file, "context")
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			switch {
			case !ok || f.Recv != nil:
			case want != "" && f.Name.Name == want:
				return f, unfit(f)
			case takesContext(f, contextName):
				candidates = append(candidates, f)
				if f.Name.IsExported() {
					exported = append(exported, f)
				}
			}
		}
	}
	if want != "" {
		return nil, &Problem{Text: fmt.Sprintf("no function %s in this source", want)}
	}
	if len(exported) > 0 {
		candidates = exported
	}
	return only(candidates)
}

// only gives the one far function that there is.
func only(candidates []*ast.FuncDecl) (*ast.FuncDecl, *Problem) {
	switch len(candidates) {
	case 0:
		return nil, &Problem{Text: "no far function: one is declared as func(ctx context.Context, ...)"}
	case 1:
		return candidates[0], unfit(candidates[0])
	}
	var names []string
	for _, f := range candidates {
		names = append(names, f.Name.Name)
	}
	return nil, &Problem{candidates[1].Name.Pos(),
		fmt.Sprintf("several far functions: %s; say which one is to run", strings.Join(names, ", "))}
}

// unfit says why a function cannot be called, if it cannot.
func unfit(f *ast.FuncDecl) *Problem {
	if f.Type.TypeParams != nil {
		return &Problem{f.Name.Pos(), fmt.Sprintf("%s cannot be a far function: it has type parameters", f.Name.Name)}
	}
	if f.Type.Results != nil && f.Type.Results.NumFields() > 2 {
		return &Problem{f.Name.Pos(), fmt.Sprintf(
			"%s cannot be a far function: one gives a result, an error, or both", f.Name.Name)}
	}
	return nil
}

// importName gives the name that a package has in a file.
func importName(file *ast.File, path string) string {
	for _, spec := range file.Imports {
		if ImportPath(spec) == path && spec.Name != nil {
			return spec.Name.Name
		}
	}
	return path[strings.LastIndex(path, "/")+1:]
}

// ImportPath gives the path that an import has.
func ImportPath(spec *ast.ImportSpec) string {
	path, _ := strconv.Unquote(spec.Path.Value)
	return path
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
