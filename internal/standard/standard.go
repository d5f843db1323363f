// Package standard is about the standard streams of this process, where they are those of
// the one program that it is for.
package standard

import (
	"io"
	"os"
)

// The streams that a process prints on, as the other side knows them (P12).
const (
	Stdout = 1
	Stderr = 2
)

// PipeFrom gives a file that reads what comes from in.
func PipeFrom(in io.Reader) (*os.File, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	go func() { // ends with in, or when nobody reads any more
		io.Copy(w, in)
		w.Close()
	}()
	return r, nil
}

// Replace has the process read what comes from in.
func Replace(in io.Reader) error {
	r, err := PipeFrom(in)
	if err != nil {
		return err
	}
	defer r.Close()
	return becomeStdin(r)
}

// Copies are the process's standard output and error, by stream, whatever becomes of its
// own descriptors.
type Copies map[byte]*os.File

// Mark prints a text on all of them, tells on which it did, and closes them.
func (c Copies) Mark(text string, printed func(stream byte)) {
	for stream, file := range c {
		if _, err := io.WriteString(file, text); err == nil {
			printed(stream)
		}
		file.Close()
	}
}
