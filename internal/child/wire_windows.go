package child

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"syscall"

	"github.com/farside-go/farside/internal/reexec"
)

// A wireEnds is the wire to a worker: this side's end, and what the child
// inherits.
type wireEnds struct {
	near io.ReadWriteCloser
	far  []*os.File
}

// openWire gives the child two pipes as standard input and output.
func openWire(cmd *exec.Cmd) (*wireEnds, error) {
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
	cmd.Env = append(cmd.Env, reexec.Variable+"=stdio")
	return &wireEnds{near: pipes{nearIn, nearOut}, far: []*os.File{farIn, farOut}}, nil
}

// pipes joins two one-way files into a byte stream.
type pipes struct {
	in  *os.File
	out *os.File
}

func (p pipes) Read(b []byte) (int, error)  { return p.in.Read(b) }
func (p pipes) Write(b []byte) (int, error) { return p.out.Write(b) }

// CloseWrite ends what goes to the child.
func (p pipes) CloseWrite() error { return p.out.Close() }

func (p pipes) Close() error {
	p.in.Close()
	return p.out.Close()
}

func signalOf(*os.ProcessState) string { return "" }

// isFormatError reports whether the system did not take the file as a program.
func isFormatError(err error) bool {
	const badExeFormat = syscall.Errno(193)
	return errors.Is(err, badExeFormat)
}
