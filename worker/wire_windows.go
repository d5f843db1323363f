package worker

import (
	"fmt"
	"io"
	"os"
)

// openWire takes standard input and output for the wire, and gives user code the
// null device and standard error in their place.
func openWire(name string) (io.ReadWriteCloser, error) {
	if name != "stdio" {
		return nil, fmt.Errorf("it is not stdio")
	}
	null, err := os.Open(os.DevNull)
	if err != nil {
		return nil, err
	}
	conn := wire{Reader: os.Stdin, WriteCloser: os.Stdout, in: os.Stdin}
	os.Stdin, os.Stdout = null, os.Stderr
	return conn, nil
}

func brokenPipeSignals() []os.Signal { return nil }

// wire joins two one-way files into a byte stream.
type wire struct {
	io.Reader
	io.WriteCloser
	in io.Closer
}

func (w wire) Close() error {
	w.in.Close()
	return w.WriteCloser.Close()
}
