package interp

import (
	"fmt"
	"go/ast"
	"reflect"
)

// A Value is the result of a line of a session: what the last expression has
// for a value, as text.
type Value struct {
	Text string // as %#v prints a string, and %+v anything else
	Type string // the Go type; an interpreted one is shown as what it is made of
}

// String is the text.
func (v Value) String() string { return v.Text }

func newValue(v reflect.Value) Value {
	x := Plain(v.Interface())
	if text, ok := x.(string); ok {
		return Value{Text: fmt.Sprintf("%#v", text), Type: "string"}
	}
	return Value{Text: safely(func() string { return fmt.Sprintf("%+v", x) }), Type: fmt.Sprintf("%T", x)}
}

// hasValue tells an expression that has a value from one for which yaegi gives
// what happens to lie there.
func hasValue(e ast.Expr, v reflect.Value) bool {
	switch e := e.(type) {
	case *ast.Ident:
		if e.Name == "nil" {
			return false
		}
	case *ast.CallExpr:
		if sel, ok := e.Fun.(*ast.SelectorExpr); ok && printing[sel.Sel.Name] {
			if id, ok := sel.X.(*ast.Ident); ok && id.Name == "fmt" {
				return false // how many bytes it printed is not what was asked
			}
		}
		if v.IsValid() && v.Type() == reflect.TypeFor[*any]() {
			return false
		}
	}
	return v.IsValid() && v.CanInterface()
}

var printing = map[string]bool{"Print": true, "Printf": true, "Println": true}
