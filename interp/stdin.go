package interp

import (
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"sync"
	"time"
)

// A stdin is the standard input of a program, or of a line of a session. It is
// asked for when the program uses it, not before: what it does not read is for
// others.
type stdin struct {
	mu      sync.Mutex
	from    io.Reader // the job's
	file    *os.File  // the variable os.Stdin, nil until the program uses it
	out, in *os.File  // the pipe: what file is then, and where that is fed
	err     error     // what from ended with, if not io.EOF
}

// stdinChunk is how much is fed at once.
const stdinChunk = 32 << 10

// attach makes from what is read from now on. A file that an earlier line of the
// session made os.Stdin itself stays.
func (s *stdin) attach(from io.Reader) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.from, s.err = from, nil
	if from == nil {
		s.from = strings.NewReader("")
	}
	if s.file == s.out {
		s.file = nil
	}
}

// variable gives the variable os.Stdin. What it is at first is a real file, so that
// a child process can have it.
func (s *stdin) variable() reflect.Value {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		if err := s.open(); err != nil {
			panic(fmt.Errorf("open os.Stdin: %w", err))
		}
	}
	return reflect.ValueOf(&s.file).Elem()
}

func (s *stdin) open() error {
	out, in, err := os.Pipe()
	if err != nil {
		return err
	}
	s.file, s.out, s.in = out, out, in
	go s.feed(s.from, out, in) // ends when the pipe is closed, or with the Read that it is in then
	return nil
}

// feed copies to the pipe. An error of from becomes one of reading the pipe: a read
// that is late, which is what a pipe has besides its end. What is still in it is
// lost then.
func (s *stdin) feed(from io.Reader, out, in *os.File) {
	defer in.Close()
	buf := make([]byte, stdinChunk)
	for {
		n, err := s.note(from.Read(buf))
		if _, broken := in.Write(buf[:n]); broken != nil {
			return // nobody reads any more
		}
		if err != nil {
			if err != io.EOF && out.SetReadDeadline(time.Unix(1, 0)) != nil {
				out.Close()
			}
			return
		}
	}
}

// note notes an error that is not the end.
func (s *stdin) note(n int, err error) (int, error) {
	if err != nil && err != io.EOF {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.err = err
	}
	return n, err
}

// Read is for fmt.Scan, which takes the short way as long as the program does not
// use os.Stdin.
func (s *stdin) Read(p []byte) (int, error) {
	s.mu.Lock()
	file, from := s.file, s.from
	s.mu.Unlock()
	if file != nil {
		return file.Read(p)
	}
	return s.note(from.Read(p))
}

// failure gives what from ended with, if that was no end.
func (s *stdin) failure() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// close ends the input.
func (s *stdin) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.out != nil {
		s.out.Close()
		s.in.Close()
	}
}
