// Package farcode is a set of far functions that mean the same in every engine: sent as
// [Source], registered, or built. What the functions are is in functions.go alone;
// [Cases] says how each is called.
//
// It imports nothing but the standard library and channel, so that a built program can
// import it.
package farcode

import (
	"context"
	_ "embed"

	"github.com/farside-go/farside/channel"
)

// File is the name of the file with the functions.
const File = "functions.go"

// Source is what stands in it.
//
//go:embed functions.go
var Source string

// A Case is one call of a function.
type Case struct {
	Name string // of the function, as Source has it
	Func any    // the function itself
	Args []any

	// Send are items to send, before the end of this side's.
	Send []any

	// Talk is what the near side does with the channel instead, and gives what it saw.
	Talk func(ctx context.Context, ch *channel.Channel) ([]any, error)
}
