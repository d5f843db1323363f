package interp

import (
	"context"
	"go/ast"
	"reflect"
	"slices"

	"github.com/farside-go/farside/channel"
)

// Methods of a channel that encode what they are given, with how many arguments
// they take.
var encoding = map[string]int{"Send": 2, "Set": 2, "Encode": 1}

// plainCalls makes calls such as ch.Send(ctx, v) calls of ours that make v plain
// first. It knows a channel by how it is declared: the predeclared one, a
// parameter or a variable of that type, what was asserted to be one. What far
// code sends through anything else goes as it is.
func plainCalls(file *ast.File, packageName string, predeclared bool) {
	c := channels{packages: []string{"channel", channelAlias, packageName}, predeclared: predeclared}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if n, ok := encoding[sel.Sel.Name]; ok && n == len(call.Args) && c.is(sel.X) {
			call.Args = slices.Insert(call.Args, 0, sel.X)
			call.Fun = hostCall(sel.Pos(), sel.Sel.Name).Fun
		}
		return true
	})
}

// channels tells expressions that are channels.
type channels struct {
	packages    []string // names that the package may have
	predeclared bool     // the name channel is one
}

func (c *channels) is(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return c.is(e.X)
	case *ast.TypeAssertExpr:
		return e.Type != nil && c.isType(e.Type)
	case *ast.Ident:
		if e.Obj == nil {
			return c.predeclared && e.Name == "channel"
		}
		return c.declared(e)
	}
	return false
}

func (c *channels) isType(t ast.Expr) bool {
	star, ok := t.(*ast.StarExpr)
	if !ok {
		return false
	}
	sel, ok := star.X.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Channel" {
		return false
	}
	id, ok := sel.X.(*ast.Ident)
	return ok && id.Obj == nil && slices.Contains(c.packages, id.Name)
}

// declared reports whether a name is declared as a channel.
func (c *channels) declared(id *ast.Ident) bool {
	switch d := id.Obj.Decl.(type) {
	case *ast.Field:
		return c.isType(d.Type)
	case *ast.ValueSpec:
		return d.Type != nil && c.isType(d.Type)
	case *ast.AssignStmt:
		for i, left := range d.Lhs {
			if l, ok := left.(*ast.Ident); ok && l.Obj == id.Obj && i < len(d.Rhs) {
				return c.is(d.Rhs[i])
			}
		}
	}
	return false
}

// What the calls become.
var plainTable = map[string]reflect.Value{
	"Send": reflect.ValueOf(func(ch *channel.Channel, ctx context.Context, v any) error {
		return ch.Send(ctx, Plain(v))
	}),
	"Set": reflect.ValueOf(func(ch *channel.Channel, ctx context.Context, values map[string]any) error {
		if plain, ok := Plain(values).(map[string]any); ok {
			values = plain
		}
		return ch.Set(ctx, values)
	}),
	"Encode": reflect.ValueOf(func(ch *channel.Channel, v any) (channel.Raw, error) {
		return ch.Encode(Plain(v))
	}),
}
