//go:build linux || darwin

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// keysAreInput makes Ctrl-C on the terminal input instead of a signal, until restore
// is called.
func keysAreInput(tty *os.File) (restore func()) {
	fd := int(tty.Fd())
	before, err := unix.IoctlGetTermios(fd, getTermios)
	if err != nil {
		return func() {}
	}
	mode := *before
	mode.Lflag &^= unix.ISIG
	unix.IoctlSetTermios(fd, setTermios, &mode)
	return func() { unix.IoctlSetTermios(fd, setTermios, before) }
}
