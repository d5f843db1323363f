package gateway

import (
	"errors"
	"fmt"

	"github.com/farside-go/farside/internal/registry"
	"github.com/farside-go/farside/internal/request"
)

// FuncOf registers a far function of any form, and gives the program that runs it:
//
//	func(ctx context.Context, [ch *channel.Channel,] args...) [R] [error]
//
// Arguments are converted to the parameters when it is called; the last one may be
// variadic. The others, [Func] and its like, have the compiler check them.
//
// A function is registered for the life of the program, in a package-level variable, so
// that the far side, which runs the same program, has it too. FuncOf panics if f is not
// a far function or is registered already; nothing else in this package panics.
func FuncOf(f any) *Program {
	entry, err := registry.Add(f)
	if err != nil {
		panic(fmt.Sprintf("gateway: register a function: %v", err))
	}
	program := newProgram()
	program.function = entry
	return program
}

// nameFunction puts into a request which function is to run, and whose.
func (p *Program) nameFunction(req *request.Program) (err error) {
	if p.Func != "" || p.Session != "" {
		return errors.New("Func and Session are for programs that are source, and this one is a registered function")
	}
	if p.Stdin != nil || p.Stdout != nil || p.Stderr != nil {
		return errors.New("a registered function has the standard streams of the far process, and none of its own: " +
			"what it prints goes to Stdout and Stderr of the gateway's Options")
	}
	req.Function = p.function.Name
	req.Build, err = registry.BuildID()
	return err
}
