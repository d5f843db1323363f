package interp

import (
	"go/ast"
	"go/token"
)

// guardStarts makes main and the init functions of a file return at once when
// the program was told to stop. yaegi does not tie them together: when it has
// stopped one of them, or the initialisation of variables, it goes on with the
// next. A file with nothing that runs before main needs no guard.
func guardStarts(file *ast.File) {
	var starts []*ast.FuncDecl
	before := false
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.GenDecl:
			before = before || d.Tok == token.VAR
		case *ast.FuncDecl:
			if d.Recv == nil && d.Body != nil && (d.Name.Name == "main" || d.Name.Name == "init") {
				starts = append(starts, d)
				before = before || d.Name.Name == "init"
			}
		}
	}
	if !before {
		return
	}
	for _, f := range starts {
		pos := f.Body.Lbrace
		guard := &ast.IfStmt{
			If: pos, Cond: hostCall(pos, "Halted"),
			Body: &ast.BlockStmt{Lbrace: pos, List: []ast.Stmt{&ast.ReturnStmt{Return: pos}}, Rbrace: pos},
		}
		f.Body.List = append([]ast.Stmt{guard}, f.Body.List...)
	}
}
