package gateway

import (
	"context"

	"github.com/farside-go/farside/channel"
)

// A Function0 is a registered function of no argument. [Func0] makes it.
type Function0[R any] struct{ program *Program }

// Func0 registers a far function without arguments; see [Func].
func Func0[R any](f func(context.Context) (R, error)) Function0[R] {
	return Function0[R]{FuncOf(f)}
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

// A Function is a registered function of one argument. [Func] makes it.
type Function[A, R any] struct{ program *Program }

// Func registers a far function with one argument, for a package-level variable:
//
//	var size = gateway.Func(func(ctx context.Context, dir string) (int64, error) { ... })
//
//	n, err := size.Call(ctx, gw, "/var/log")
//
// It runs, compiled, on far sides that run this very program. Like [FuncOf] it panics if
// the same function is registered already.
func Func[A, R any](f func(context.Context, A) (R, error)) Function[A, R] {
	return Function[A, R]{FuncOf(f)}
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

// A Function2 is a registered function of two arguments. [Func2] makes it.
type Function2[A, B, R any] struct{ program *Program }

// Func2 registers a far function with two arguments; see [Func].
func Func2[A, B, R any](f func(context.Context, A, B) (R, error)) Function2[A, B, R] {
	return Function2[A, B, R]{FuncOf(f)}
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

// A Function3 is a registered function of three arguments. [Func3] makes it.
type Function3[A, B, C, R any] struct{ program *Program }

// Func3 registers a far function with three arguments; see [Func]. For more there is
// [FuncOf].
func Func3[A, B, C, R any](f func(context.Context, A, B, C) (R, error)) Function3[A, B, C, R] {
	return Function3[A, B, C, R]{FuncOf(f)}
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
