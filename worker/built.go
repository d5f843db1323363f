package worker

import (
	"fmt"
	"io"

	"github.com/farside-go/farside/internal/proctree"
	"github.com/farside-go/farside/internal/registry"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/standard"
)

// ownsProcess reports whether a program is all that this process is for.
func (w *server) ownsProcess(program *request.Program) bool {
	return program.Function == registry.Main && w.opts.whole
}

// takeOver makes the process's standard streams those of the program.
func takeOver(out *output, in io.Reader, program *request.Program) error {
	if program.Input {
		if err := standard.Replace(in); err != nil {
			return fmt.Errorf("worker: exec: the standard input: %w", err)
		}
	}
	if program.Mark == "" {
		return nil
	}
	copies, err := standard.Copy()
	if err != nil {
		return fmt.Errorf("worker: exec: the standard output: %w", err)
	}
	out.mark = func() {
		copies.Mark(program.Mark, func(stream byte) { out.send([]byte{stream}) })
	}
	return nil
}

// killOwn ends the process, with what the program started.
func killOwn() {
	proctree.KillDescendants()
	proctree.KillOwnGroup()
}
