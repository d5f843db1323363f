package gateway

import (
	"context"

	"github.com/farside-go/farside/channel"
)

// A ChannelFunction0 is a registered function of its channel alone. [ChannelFunc0] makes it.
type ChannelFunction0 struct{ program *Program }

// ChannelFunc0 registers a far function of its channel alone; see [ChannelFunc].
func ChannelFunc0(f func(context.Context, *channel.Channel) error) ChannelFunction0 {
	return ChannelFunction0{FuncOf(f)}
}

// Exec starts the function on the far side of gw and gives its channel.
func (f ChannelFunction0) Exec(ctx context.Context, gw *Gateway) (*channel.Channel, error) {
	return gw.Exec(ctx, f.program)
}

// Program gives the function as a program.
func (f ChannelFunction0) Program() *Program { return f.program }

// A ChannelFunction is a registered function of its channel and one argument. [ChannelFunc] makes it.
type ChannelFunction[A any] struct{ program *Program }

// ChannelFunc registers a far function that talks over its channel and has one argument,
// for a package-level variable:
//
//	var tail = gateway.ChannelFunc(func(ctx context.Context, ch *channel.Channel, file string) error { ... })
//
//	ch, err := tail.Exec(ctx, gw, "/var/log/messages")
//
// Otherwise it is as [Func] is.
func ChannelFunc[A any](f func(context.Context, *channel.Channel, A) error) ChannelFunction[A] {
	return ChannelFunction[A]{FuncOf(f)}
}

// Exec starts the function on the far side of gw and gives its channel.
func (f ChannelFunction[A]) Exec(ctx context.Context, gw *Gateway, a A) (*channel.Channel, error) {
	return gw.Exec(ctx, f.program, a)
}

// Program gives the function as a program.
func (f ChannelFunction[A]) Program() *Program { return f.program }

// A ChannelFunction2 is a registered function of its channel and two arguments. [ChannelFunc2] makes it.
type ChannelFunction2[A, B any] struct{ program *Program }

// ChannelFunc2 registers a far function of its channel and two arguments; see [ChannelFunc].
func ChannelFunc2[A, B any](f func(context.Context, *channel.Channel, A, B) error) ChannelFunction2[A, B] {
	return ChannelFunction2[A, B]{FuncOf(f)}
}

// Exec starts the function on the far side of gw and gives its channel.
func (f ChannelFunction2[A, B]) Exec(ctx context.Context, gw *Gateway, a A, b B) (*channel.Channel, error) {
	return gw.Exec(ctx, f.program, a, b)
}

// Program gives the function as a program.
func (f ChannelFunction2[A, B]) Program() *Program { return f.program }

// A ChannelFunction3 is a registered function of its channel and three arguments. [ChannelFunc3] makes it.
type ChannelFunction3[A, B, C any] struct{ program *Program }

// ChannelFunc3 registers a far function of its channel and three arguments; see
// [ChannelFunc].
func ChannelFunc3[A, B, C any](f func(context.Context, *channel.Channel, A, B, C) error) ChannelFunction3[A, B, C] {
	return ChannelFunction3[A, B, C]{FuncOf(f)}
}

// Exec starts the function on the far side of gw and gives its channel.
func (f ChannelFunction3[A, B, C]) Exec(ctx context.Context, gw *Gateway, a A, b B, c C) (*channel.Channel, error) {
	return gw.Exec(ctx, f.program, a, b, c)
}

// Program gives the function as a program.
func (f ChannelFunction3[A, B, C]) Program() *Program { return f.program }
