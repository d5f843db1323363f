package native

import (
	"context"
	_ "database/sql" // has ConvertAssign
	"errors"
	"fmt"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
)

// GetBinding is channel.Get, into what dst points to.
func GetBinding(ctx context.Context, ch *channel.Channel, name string, dst any) error {
	raw, err := channel.Get[channel.Raw](ctx, ch, name)
	if err != nil {
		return err
	}
	err = ch.Decode(raw, dst)
	if dec, ok := errors.AsType[*channel.DecodeError](err); ok {
		named := *dec
		named.Path = fmt.Sprintf("bindings[%q]", name) + dec.Path[len("item"):]
		return &named
	}
	return err
}

// Call is gateway.Call, into what dst points to.
func Call(ctx context.Context, dst any, gw *gateway.Gateway, program *gateway.Program, args ...any) error {
	raw, err := gateway.Call[channel.Raw](ctx, gw, program, args...)
	if err != nil || raw == nil {
		return err
	}
	// Any channel of the gateway can decode it, but only one of them: there may be
	// channels in the result.
	ch, err := gw.NewChannel(ctx)
	if err != nil {
		return err
	}
	defer ch.Close()
	return ch.Decode(raw, dst)
}
