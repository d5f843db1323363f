package child

import (
	"errors"
	"os/exec"
	"syscall"

	"github.com/farside-go/farside/internal/reexec"
)

// openWire gives the child two pipes as standard input and output.
func openWire(cmd *exec.Cmd) (*wireEnds, error) {
	cmd.Env = append(cmd.Env, reexec.Variable+"=stdio")
	return openPipes(cmd)
}

// isFormatError reports whether the system did not take the file as a program.
func isFormatError(err error) bool {
	const badExeFormat = syscall.Errno(193)
	return errors.Is(err, badExeFormat)
}
