package interp

import (
	"context"
	"go/token"
	"go/types"
	"unsafe"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/interp/internal/compile"
	"github.com/farside-go/farside/interp/internal/vm"
)

// given is what bare statements have without declaring it.
type given struct {
	ctx     context.Context
	channel *channel.Channel
	args    []any
	ret     func(...any)
}

// givenVars are the numbers of the variables that hold it.
type givenVars struct{ ctx, channel, args, ret int }

// declare gives the variables that bare statements have, for the checker.
func (g *givenVars) declare(c *compile.Compiler, w *world) (list []types.Object) {
	named := func(path, name string) types.Type {
		pkg, err := w.Import(path)
		if err != nil {
			return types.NewInterfaceType(nil, nil)
		}
		return pkg.Scope().Lookup(name).Type()
	}
	add := func(name string, t types.Type) int {
		v := types.NewVar(token.NoPos, nil, name, t)
		list = append(list, v)
		return c.Give(v)
	}
	anys := types.NewSlice(types.Universe.Lookup("any").Type())
	values := types.NewParam(token.NoPos, nil, "values", anys)
	g.ctx = add("ctx", named("context", "Context"))
	g.channel = add("channel", types.NewPointer(named(channelPath, "Channel")))
	g.args = add("args", anys)
	g.ret = add(returnName, types.NewSignatureType(nil, nil, nil, types.NewTuple(values), nil, true))
	return list
}

// set gives a program what it is given.
func (g *givenVars) set(p *vm.Program, to *given) {
	setVar(p, g.ctx, to.ctx)
	setVar(p, g.channel, to.channel)
	setVar(p, g.args, to.args)
	setVar(p, g.ret, to.ret)
}

// setVar sets a variable, which must be of type T.
func setVar[T any](p *vm.Program, number int, v T) { *(*T)(unsafe.Pointer(p.Variable(number))) = v }
