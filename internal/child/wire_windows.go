package child

import (
	"errors"
	"os"
	"os/exec"
	"syscall"

	"github.com/farside-go/farside/internal/reexec"
)

// openWire gives the child two pipes as standard input and output.
func openWire(cmd *exec.Cmd) (*wireEnds, error) {
	cmd.Env = append(cmd.Env, reexec.Variable+"=stdio")
	return openPipes(cmd)
}

// openLeash cannot be: no connection is handed over, so nobody asks for it.
func openLeash(*exec.Cmd, *os.File) (*wireEnds, error) { return nil, errors.ErrUnsupported }

// isFormatError reports whether the system did not take the file as a program.
func isFormatError(err error) bool {
	const badExeFormat = syscall.Errno(193)
	return errors.Is(err, badExeFormat)
}
