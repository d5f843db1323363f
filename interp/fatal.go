package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"log"
	"reflect"
	"strconv"
)

// The methods of *log.Logger that end the process.
var fatalMethods = map[string]bool{"Fatal": true, "Fatalf": true, "Fatalln": true}

// divertFatal turns x.Fatal(args) into a call of ours, in a file that imports
// log: a *log.Logger would end this process and not only the program. Where the
// file has such methods of its own, it is left alone; otherwise x can only be
// of a compiled type, and if that is not *log.Logger its own method is called.
func divertFatal(file *ast.File, variables map[string]bool) {
	if declaresFatal(file) {
		return
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || !fatalMethods[sel.Sel.Name] {
			return true
		}
		if id, ok := sel.X.(*ast.Ident); ok && id.Obj == nil && !variables[id.Name] {
			return true // a package
		}
		name := &ast.BasicLit{ValuePos: sel.Sel.Pos(), Kind: token.STRING, Value: strconv.Quote(sel.Sel.Name)}
		call.Args = append([]ast.Expr{sel.X, name}, call.Args...)
		call.Fun = hostCall(sel.Pos(), "Fatal").Fun
		return true
	})
}

// declaresFatal reports whether a file has methods of these names.
func declaresFatal(file *ast.File) bool {
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			found = found || n.Recv != nil && fatalMethods[n.Name.Name]
		case *ast.InterfaceType:
			for _, m := range n.Methods.List {
				found = found || len(m.Names) == 1 && fatalMethods[m.Names[0].Name]
			}
		}
		return !found
	})
	return found
}

// fatal does what x.Fatal(args...) does in the source.
func (r *run) fatal(x any, method string, args []any) {
	if l, ok := x.(*log.Logger); ok {
		l.Output(2, sprint(method, args))
		r.exit(1)
	}
	in := make([]reflect.Value, len(args))
	for i := range args {
		in[i] = reflect.ValueOf(&args[i]).Elem()
	}
	reflect.ValueOf(x).MethodByName(method).Call(in)
}

// sprint formats as the method of that name does.
func sprint(method string, args []any) string {
	switch method {
	case "Fatalf":
		if len(args) > 0 {
			return fmt.Sprintf(fmt.Sprint(args[0]), args[1:]...)
		}
	case "Fatalln":
		return fmt.Sprintln(args...)
	}
	return fmt.Sprint(args...)
}
