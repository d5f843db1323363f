package child

import (
	"io"
	"os"
	"os/exec"

	"github.com/farside-go/farside/internal/twoway"
)

// A wireEnds is the wire to a process: this side's end, and what the process
// inherits.
type wireEnds struct {
	near io.ReadWriteCloser
	far  []*os.File
}

// openPipes makes a wire of the process's standard input and output.
func openPipes(cmd *exec.Cmd) (*wireEnds, error) {
	farIn, nearOut, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	nearIn, farOut, err := os.Pipe()
	if err != nil {
		farIn.Close()
		nearOut.Close()
		return nil, err
	}
	cmd.Stdin, cmd.Stdout = farIn, farOut
	return &wireEnds{near: twoway.Conn{In: nearIn, Out: nearOut}, far: []*os.File{farIn, farOut}}, nil
}
