package interp

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"github.com/farside-go/farside/channel"
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
		if spec.Path.Value == `"`+path+`"` && spec.Name != nil {
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

// callFar adds the main that calls the far function. A main that the source has
// is another function then.
func (u *unit) callFar() {
	for _, decl := range u.file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "main" {
			renameFunc(u.file, f, "_main_")
		}
	}
	call := hostCall(u.far.Name.Pos(), "Call", &ast.Ident{NamePos: u.far.Name.Pos(), Name: u.far.Name.Name})
	u.file.Decls = append(u.file.Decls, &ast.FuncDecl{
		Name: ast.NewIdent("main"),
		Type: &ast.FuncType{Params: &ast.FieldList{}},
		Body: &ast.BlockStmt{List: []ast.Stmt{&ast.ExprStmt{X: call}}},
	})
}

// renameFunc renames a function where it is declared and where it is used.
func renameFunc(file *ast.File, f *ast.FuncDecl, name string) {
	obj := f.Name.Obj
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Obj == obj && obj != nil {
			id.Name = name
		}
		return true
	})
	f.Name.Name = name
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

// callFar calls the far function. Generated code calls it with the function.
func (r *run) callFar(f any) {
	v := reflect.ValueOf(f)
	in, err := r.arguments(v.Type())
	if err != nil {
		r.err, r.gave = err, true
		return
	}
	var out []reflect.Value
	if v.Type().IsVariadic() {
		out = v.CallSlice(in)
	} else {
		out = v.Call(in)
	}
	if r.halted() {
		return // these are no results but what was there when it was stopped
	}
	r.takeResults(out)
}

// arguments makes the far function's arguments of the job's.
func (r *run) arguments(t reflect.Type) ([]reflect.Value, error) {
	name, params := r.unit.far.Name.Name, r.unit.params()
	var in []reflect.Value
	if t.NumIn() > len(in) && t.In(len(in)) == reflect.TypeFor[context.Context]() {
		in = append(in, reflect.ValueOf(r.ctx))
	}
	if t.NumIn() > len(in) && t.In(len(in)) == reflect.TypeFor[*channel.Channel]() {
		in = append(in, reflect.ValueOf(r.job.Channel))
	}
	given := len(in)
	want := t.NumIn() - given
	variadic := t.IsVariadic()
	if n := len(r.job.Args); n != want && !(variadic && n >= want-1) {
		return nil, fmt.Errorf("interp: call %s: it takes %s (%s), not %d",
			name, count(want, variadic), strings.Join(params[given:], ", "), n)
	}
	var rest reflect.Value
	if variadic {
		rest = reflect.MakeSlice(t.In(t.NumIn()-1), 0, len(r.job.Args))
	}
	for i, raw := range r.job.Args {
		index := min(given+i, t.NumIn()-1)
		last := variadic && index == t.NumIn()-1
		param := t.In(index)
		if last {
			param = param.Elem()
		}
		v := reflect.New(param)
		if err := r.job.Channel.Decode(raw, v.Interface()); err != nil {
			return nil, fmt.Errorf("interp: call %s: argument %d (%s): %w", name, i+1, params[index], err)
		}
		if last {
			rest = reflect.Append(rest, v.Elem())
		} else {
			in = append(in, v.Elem())
		}
	}
	if variadic {
		in = append(in, rest)
	}
	return in, nil
}

func count(n int, variadic bool) string {
	s := fmt.Sprintf("%d arguments", n)
	switch {
	case variadic:
		return fmt.Sprintf("at least %d", n-1)
	case n == 1:
		return "1 argument"
	}
	return s
}

// takeResults takes what a far function returned: a result, an error, or both.
func (r *run) takeResults(out []reflect.Value) {
	r.gave = true
	if n := len(out); n > 0 && out[n-1].Type() == reflect.TypeFor[error]() {
		if err, ok := out[n-1].Interface().(error); ok {
			r.err = r.farError(err)
		}
		out = slices.Delete(out, n-1, n)
	}
	if len(out) == 0 || r.err != nil {
		return
	}
	if len(out) == 2 {
		r.err = errors.New("interp: call " + r.unit.far.Name.Name + ": its second result is not an error")
		return
	}
	r.result = Plain(out[0].Interface())
}

// returned takes what bare statements return.
func (r *run) returned(values []any) {
	if r.halted() {
		return
	}
	r.gave = true
	if n := len(values); n > 0 {
		last := values[n-1]
		err, isError := last.(error)
		switch {
		case isError:
			r.err = r.farError(err)
			values = values[:n-1]
		case n == 2 && last == nil:
			values = values[:n-1]
		case n == 2:
			r.err = fmt.Errorf("interp: run %s: the second value returned is a %T and not an error", r.job.Name, last)
		}
	}
	if r.err == nil && len(values) == 1 {
		r.result = Plain(values[0])
	}
}

// farError gives an error that far code returned as one that outlives it.
func (r *run) farError(err error) error {
	v := reflect.ValueOf(err)
	if v.Kind() != reflect.Struct || !v.FieldByName("IValue").IsValid() {
		return err
	}
	return &farError{Fault: channel.Fault{Name: r.unit.errorName(), Text: describe(err)}, err: err}
}

// A farError is an error of an interpreted type.
type farError struct {
	channel.Fault
	err error
}

// Unwrap gives the Fault, which says more than a text, and the error itself.
func (e *farError) Unwrap() []error { return []error{&e.Fault, e.err} }
