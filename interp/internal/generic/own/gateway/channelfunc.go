package gateway

import (
	"context"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
)

// ChannelFunction is gateway.ChannelFunction.
type ChannelFunction[A any] struct{ program *Program }

// ChannelFunc is gateway.ChannelFunc, which refuses functions that are interpreted.
func ChannelFunc[A any](f func(context.Context, *channel.Channel, A) error) ChannelFunction[A] {
	return ChannelFunction[A]{gateway.FuncOf(f)}
}

// Exec starts the function on the far side of gw and gives its channel.
func (f ChannelFunction[A]) Exec(ctx context.Context, gw *Gateway, a A) (*channel.Channel, error) {
	return gw.Exec(ctx, f.program, a)
}

// Program gives the function as a program.
func (f ChannelFunction[A]) Program() *Program { return f.program }

// ChannelFunction2 is gateway.ChannelFunction2.
type ChannelFunction2[A, B any] struct{ program *Program }

// ChannelFunc2 is gateway.ChannelFunc2, which refuses functions that are interpreted.
func ChannelFunc2[A, B any](f func(context.Context, *channel.Channel, A, B) error) ChannelFunction2[A, B] {
	return ChannelFunction2[A, B]{gateway.FuncOf(f)}
}

// Exec starts the function on the far side of gw and gives its channel.
func (f ChannelFunction2[A, B]) Exec(ctx context.Context, gw *Gateway, a A, b B) (*channel.Channel, error) {
	return gw.Exec(ctx, f.program, a, b)
}

// Program gives the function as a program.
func (f ChannelFunction2[A, B]) Program() *Program { return f.program }

// ChannelFunction3 is gateway.ChannelFunction3.
type ChannelFunction3[A, B, C any] struct{ program *Program }

// ChannelFunc3 is gateway.ChannelFunc3, which refuses functions that are interpreted.
func ChannelFunc3[A, B, C any](f func(context.Context, *channel.Channel, A, B, C) error) ChannelFunction3[A, B, C] {
	return ChannelFunction3[A, B, C]{gateway.FuncOf(f)}
}

// Exec starts the function on the far side of gw and gives its channel.
func (f ChannelFunction3[A, B, C]) Exec(ctx context.Context, gw *Gateway, a A, b B, c C) (*channel.Channel, error) {
	return gw.Exec(ctx, f.program, a, b, c)
}

// Program gives the function as a program.
func (f ChannelFunction3[A, B, C]) Program() *Program { return f.program }
