package interp

import (
	"reflect"

	"github.com/farside-go/farside/bootstrap"
	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
)

const (
	bootstrapPath = modulePath + "bootstrap"
	gatewayPath   = modulePath + "gateway"
)

// farsideSymbols gives the symbols of those of our own packages that far-side
// source may import: functions, variables and types. Constants and what is generic
// are known to the checker, and have none.
func farsideSymbols(importPath string) map[string]reflect.Value {
	switch importPath {
	case bootstrapPath:
		return bootstrapSymbols()
	case channelPath:
		return channelSymbols()
	case gatewayPath:
		return gatewaySymbols()
	}
	return nil
}

func bootstrapSymbols() map[string]reflect.Value {
	return map[string]reflect.Value{
		"Listen":    reflect.ValueOf(bootstrap.Listen),
		"NewServer": reflect.ValueOf(bootstrap.NewServer),
		"Options":   reflect.ValueOf((*bootstrap.Options)(nil)),
		"Run":       reflect.ValueOf(bootstrap.Run),
		"Server":    reflect.ValueOf((*bootstrap.Server)(nil)),
	}
}

func channelSymbols() map[string]reflect.Value {
	return map[string]reflect.Value{
		"Callbacks":     reflect.ValueOf((*channel.Callbacks)(nil)),
		"Channel":       reflect.ValueOf((*channel.Channel)(nil)),
		"DecodeError":   reflect.ValueOf((*channel.DecodeError)(nil)),
		"EncodeError":   reflect.ValueOf((*channel.EncodeError)(nil)),
		"ErrClosed":     reflect.ValueOf(&channel.ErrClosed).Elem(),
		"ErrLost":       reflect.ValueOf(&channel.ErrLost).Elem(),
		"ErrSubscribed": reflect.ValueOf(&channel.ErrSubscribed).Elem(),
		"Fault":         reflect.ValueOf((*channel.Fault)(nil)),
		"LostError":     reflect.ValueOf((*channel.LostError)(nil)),
		"Mux":           reflect.ValueOf((*channel.Mux)(nil)),
		"NewMux":        reflect.ValueOf(channel.NewMux),
		"Options":       reflect.ValueOf((*channel.Options)(nil)),
		"Raw":           reflect.ValueOf((*channel.Raw)(nil)),
		"RemoteError":   reflect.ValueOf((*channel.RemoteError)(nil)),
		"Side":          reflect.ValueOf((*channel.Side)(nil)),
		"Stream":        reflect.ValueOf((*channel.Stream)(nil)),
		"Subscription":  reflect.ValueOf((*channel.Subscription)(nil)),
	}
}

func gatewaySymbols() map[string]reflect.Value {
	return map[string]reflect.Value{
		"Build":            reflect.ValueOf(gateway.Build),
		"BuildError":       reflect.ValueOf((*gateway.BuildError)(nil)),
		"BuildOptions":     reflect.ValueOf((*gateway.BuildOptions)(nil)),
		"BuildSource":      reflect.ValueOf(gateway.BuildSource),
		"ChannelFunc0":     reflect.ValueOf(gateway.ChannelFunc0),
		"ChannelFunction0": reflect.ValueOf((*gateway.ChannelFunction0)(nil)),
		"Cmd":              reflect.ValueOf((*gateway.Cmd)(nil)),
		"ErrClosed":        reflect.ValueOf(&gateway.ErrClosed).Elem(),
		"ErrNoToolchain":   reflect.ValueOf(&gateway.ErrNoToolchain).Elem(),
		"ErrLost":          reflect.ValueOf(&gateway.ErrLost).Elem(),
		"ExitError":        reflect.ValueOf((*gateway.ExitError)(nil)),
		"FuncOf":           reflect.ValueOf(gateway.FuncOf),
		"Gateway":          reflect.ValueOf((*gateway.Gateway)(nil)),
		"Group":            reflect.ValueOf((*gateway.Group)(nil)),
		"Info":             reflect.ValueOf((*gateway.Info)(nil)),
		"KeptProgram":      reflect.ValueOf((*gateway.KeptProgram)(nil)),
		"New":              reflect.ValueOf(gateway.New),
		"Open":             reflect.ValueOf(gateway.Open),
		"OpenError":        reflect.ValueOf((*gateway.OpenError)(nil)),
		"Options":          reflect.ValueOf((*gateway.Options)(nil)),
		"ParseSpec":        reflect.ValueOf(gateway.ParseSpec),
		"ProcessState":     reflect.ValueOf((*gateway.ProcessState)(nil)),
		"Program":          reflect.ValueOf((*gateway.Program)(nil)),
		"Prompt":           reflect.ValueOf((*gateway.Prompt)(nil)),
		"Progress":         reflect.ValueOf((*gateway.Progress)(nil)),
		"Question":         reflect.ValueOf((*gateway.Question)(nil)),
		"RemoteError":      reflect.ValueOf((*gateway.RemoteError)(nil)),
		"Settings":         reflect.ValueOf(gateway.Settings),
		"Signal":           reflect.ValueOf((*gateway.Signal)(nil)),
		"Source":           reflect.ValueOf(gateway.Source),
		"Spec":             reflect.ValueOf((*gateway.Spec)(nil)),
		"Status":           reflect.ValueOf((*gateway.Status)(nil)),
	}
}
