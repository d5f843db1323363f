// Package gateway has the generic part of farside's package of that name.
package gateway

import (
	"context"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/interp/internal/generic/native"
)

// Gateway and Program are those of farside's package.
type (
	Gateway = gateway.Gateway
	Program = gateway.Program
)

// Call is gateway.Call.
func Call[R any](ctx context.Context, gw *Gateway, program *Program, args ...any) (R, error) {
	var result R
	err := native.Call(ctx, &result, gw, program, args...)
	return result, err
}
