package gateway

import (
	"context"
	"fmt"
	"time"

	"github.com/farside-go/farside/internal/keep"
	"github.com/farside-go/farside/internal/request"
)

// A KeptProgram is a built program that is kept on the machine of a far side.
type KeptProgram struct {
	Folder string
	Hash   string // SHA-256 of its bytes, in hexadecimal digits
	Size   int64
	Used   time.Time // last, by the clock over there
}

// KeptPrograms lists the built programs that the far side's user has on its machine, in
// each folder what was not used for longest first.
func (gw *Gateway) KeptPrograms(ctx context.Context) ([]KeptProgram, error) {
	programs, err := gw.stock(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("gateway %s: list programs: %w", gw.ID(), err)
	}
	return programs, nil
}

// RemoveKept removes programs that KeptPrograms has listed, except those that are in use
// or were used since, and gives those that are gone. What is needed again is sent again.
func (gw *Gateway) RemoveKept(ctx context.Context, programs []KeptProgram) (removed []KeptProgram, err error) {
	if len(programs) == 0 {
		return nil, nil
	}
	var remove []request.Stored
	for _, program := range programs {
		remove = append(remove, request.Stored(program))
	}
	if removed, err = gw.stock(ctx, remove); err != nil {
		return nil, fmt.Errorf("gateway %s: remove programs: %w", gw.ID(), err)
	}
	return removed, nil
}

func (gw *Gateway) stock(ctx context.Context, remove []request.Stored) (programs []KeptProgram, err error) {
	stored, err := keep.AskStock(ctx, gw.mux, remove)
	for _, program := range stored {
		programs = append(programs, KeptProgram(program))
	}
	return programs, err
}
