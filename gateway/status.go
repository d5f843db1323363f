package gateway

import (
	"context"
	"fmt"
	"strconv"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/request"
)

// Info says what a far side is.
type Info struct {
	PID     int
	Host    string
	User    string
	OS      string // as runtime.GOOS
	Arch    string // as runtime.GOARCH
	Go      string // version of the toolchain that built the worker
	Version string // of farside in the worker
	Dir     string // working directory at the start
	Source  bool   // it runs source
}

func infoOf(far *hello.Line) Info {
	pid, _ := strconv.Atoi(far.Fields[request.FieldPID])
	return Info{
		PID:     pid,
		Host:    far.Fields[request.FieldHost],
		User:    far.Fields[request.FieldUser],
		OS:      far.Fields[request.FieldOS],
		Arch:    far.Fields[request.FieldArch],
		Go:      far.Fields[request.FieldGo],
		Version: far.Fields[request.FieldVersion],
		Dir:     far.Fields[request.FieldDir],
		Source:  far.Fields[request.FieldSource] == "1",
	}
}

// Info says what the far side is, as it told when the gateway was opened.
func (gw *Gateway) Info() Info { return gw.info }

// Status is the state of a far side.
type Status struct {
	Channels   int    // open ones, this call's own included
	Running    int    // programs that have not ended
	Abandoned  int    // of those, programs that ignored the end of their ctx
	Goroutines int    // of the worker's process
	Memory     uint64 // bytes that the worker's process holds from the system
	Objects    int    // exported objects
}

// Status asks the far side for its state. It answers while programs are busy.
func (gw *Gateway) Status(ctx context.Context) (Status, error) {
	ch, err := gw.mux.Open(ctx, request.Status)
	if err != nil {
		return Status{}, fmt.Errorf("gateway %s: status: %w", gw.ID(), err)
	}
	defer ch.Close()
	state, err := channel.Receive[request.State](ctx, ch)
	if err != nil {
		return Status{}, fmt.Errorf("gateway %s: status: %w", gw.ID(), err)
	}
	return Status(state), nil
}
