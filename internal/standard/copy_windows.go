package standard

import (
	"os"
	"syscall"
)

// Copy gives the process's standard error a handle of its own. Its standard output carries
// the wire.
func Copy() (Copies, error) {
	stderr, err := duplicate(os.Stderr)
	if err != nil {
		return nil, err
	}
	return Copies{Stderr: stderr}, nil
}

// becomeStdin makes a file the standard input.
func becomeStdin(file *os.File) (err error) {
	os.Stdin, err = duplicate(file)
	return err
}

func duplicate(file *os.File) (*os.File, error) {
	self, err := syscall.GetCurrentProcess()
	if err != nil {
		return nil, err
	}
	var handle syscall.Handle
	if err := syscall.DuplicateHandle(self, syscall.Handle(file.Fd()), self, &handle, 0, false, syscall.DUPLICATE_SAME_ACCESS); err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(handle), file.Name()), nil
}
