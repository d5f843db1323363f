package worker

import (
	"fmt"
	"io"
	"os"

	"github.com/farside-go/farside/internal/proctree"
	"github.com/farside-go/farside/internal/registry"
	"github.com/farside-go/farside/internal/request"
)

// ownsProcess reports whether a program is all that this process is for.
func (w *server) ownsProcess(program *request.Program) bool {
	return program.Function == registry.Main && w.opts.whole
}

// standardFiles are those at which the near side can tell what a program has printed.
type standardFiles struct {
	out    *output
	mark   string
	copies map[byte]*os.File // by stream; whatever the program does to its own
}

// takeOver makes the process's standard streams those of the program.
func takeOver(out *output, in io.Reader, program *request.Program) error {
	if program.Input {
		if err := replaceStdin(in); err != nil {
			return fmt.Errorf("worker: exec: the standard input: %w", err)
		}
	}
	if program.Mark == "" {
		return nil
	}
	copies, err := copyStandard()
	if err != nil {
		return fmt.Errorf("worker: exec: the standard output: %w", err)
	}
	out.marks = &standardFiles{out: out, mark: program.Mark, copies: copies}
	return nil
}

// replaceStdin has the process read what comes from in, which ends with the program.
func replaceStdin(in io.Reader) error {
	r, err := pipeFrom(in)
	if err != nil {
		return err
	}
	defer r.Close()
	return becomeStdin(r)
}

// pipeFrom gives a file that reads what comes from in.
func pipeFrom(in io.Reader) (*os.File, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	go func() { // ends with in, which ends with the program, or when nobody reads any more
		io.Copy(w, in)
		w.Close()
	}()
	return r, nil
}

// print prints the mark, and tells on which streams it did.
func (s *standardFiles) print() {
	for stream, file := range s.copies {
		if _, err := io.WriteString(file, s.mark); err == nil {
			s.out.send([]byte{stream})
		}
		file.Close()
	}
}

// endOwn asks the process, with what the program started, to end.
func endOwn() { proctree.TerminateOwnGroup() }

// killOwn ends the process, with what the program started.
func killOwn() {
	proctree.KillDescendants()
	proctree.KillOwnGroup()
}
