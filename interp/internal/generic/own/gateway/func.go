package gateway

import (
	"context"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
)

// Function0 is gateway.Function0.
type Function0[R any] struct{ program *Program }

// Func0 is gateway.Func0, which refuses functions that are interpreted.
func Func0[R any](f func(context.Context) (R, error)) Function0[R] {
	return Function0[R]{gateway.FuncOf(f)}
}

// Call runs the function on the far side of gw, waits for it, and gives what it returned.
func (f Function0[R]) Call(ctx context.Context, gw *Gateway) (R, error) {
	return Call[R](ctx, gw, f.program)
}

// Exec starts the function on the far side of gw and gives its channel.
func (f Function0[R]) Exec(ctx context.Context, gw *Gateway) (*channel.Channel, error) {
	return gw.Exec(ctx, f.program)
}

// Program gives the function as a program.
func (f Function0[R]) Program() *Program { return f.program }

// Function is gateway.Function.
type Function[A, R any] struct{ program *Program }

// Func is gateway.Func, which refuses functions that are interpreted.
func Func[A, R any](f func(context.Context, A) (R, error)) Function[A, R] {
	return Function[A, R]{gateway.FuncOf(f)}
}

// Call runs the function on the far side of gw, waits for it, and gives what it returned.
func (f Function[A, R]) Call(ctx context.Context, gw *Gateway, a A) (R, error) {
	return Call[R](ctx, gw, f.program, a)
}

// Exec starts the function on the far side of gw and gives its channel.
func (f Function[A, R]) Exec(ctx context.Context, gw *Gateway, a A) (*channel.Channel, error) {
	return gw.Exec(ctx, f.program, a)
}

// Program gives the function as a program.
func (f Function[A, R]) Program() *Program { return f.program }

// Function2 is gateway.Function2.
type Function2[A, B, R any] struct{ program *Program }

// Func2 is gateway.Func2, which refuses functions that are interpreted.
func Func2[A, B, R any](f func(context.Context, A, B) (R, error)) Function2[A, B, R] {
	return Function2[A, B, R]{gateway.FuncOf(f)}
}

// Call runs the function on the far side of gw, waits for it, and gives what it returned.
func (f Function2[A, B, R]) Call(ctx context.Context, gw *Gateway, a A, b B) (R, error) {
	return Call[R](ctx, gw, f.program, a, b)
}

// Exec starts the function on the far side of gw and gives its channel.
func (f Function2[A, B, R]) Exec(ctx context.Context, gw *Gateway, a A, b B) (*channel.Channel, error) {
	return gw.Exec(ctx, f.program, a, b)
}

// Program gives the function as a program.
func (f Function2[A, B, R]) Program() *Program { return f.program }

// Function3 is gateway.Function3.
type Function3[A, B, C, R any] struct{ program *Program }

// Func3 is gateway.Func3, which refuses functions that are interpreted.
func Func3[A, B, C, R any](f func(context.Context, A, B, C) (R, error)) Function3[A, B, C, R] {
	return Function3[A, B, C, R]{gateway.FuncOf(f)}
}

// Call runs the function on the far side of gw, waits for it, and gives what it returned.
func (f Function3[A, B, C, R]) Call(ctx context.Context, gw *Gateway, a A, b B, c C) (R, error) {
	return Call[R](ctx, gw, f.program, a, b, c)
}

// Exec starts the function on the far side of gw and gives its channel.
func (f Function3[A, B, C, R]) Exec(ctx context.Context, gw *Gateway, a A, b B, c C) (*channel.Channel, error) {
	return gw.Exec(ctx, f.program, a, b, c)
}

// Program gives the function as a program.
func (f Function3[A, B, C, R]) Program() *Program { return f.program }
