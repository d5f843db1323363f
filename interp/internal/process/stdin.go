package process

import (
	"fmt"
	"io"
	"os"
	"reflect"
	"sync"
	"sync/atomic"
	"time"
)

// A stdin is the standard input of a program, or of a line of a session. It is
// asked for when the program uses it, not before: what it does not read is for
// others.
type stdin struct {
	mu      sync.Mutex
	from    io.Reader // the job's
	input   *jobInput // nil as long as the program does not read
	used    bool      // the variable has a value
	file    *os.File  // the variable os.Stdin
	out, in *os.File  // the pipe: what file is at first, and where that is fed
}

// stdinChunk is how much is fed at once.
const stdinChunk = 32 << 10

// attach makes from what is read from now on. A file that an earlier line of the
// session made os.Stdin itself stays.
func (s *stdin) attach(from io.Reader) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.from, s.input = from, nil
	if s.file == s.out {
		s.used = false
	}
}

// variable gives the variable os.Stdin. What it is at first is a real file, so that
// a child process can have it.
func (s *stdin) variable() reflect.Value {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.used {
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
	s.used, s.file, s.out, s.in = true, out, out, in
	go s.reader().feed(out, in) // ends when the pipe is closed, or with the Read that it is in then
	return nil
}

func (s *stdin) reader() *jobInput {
	if s.input == nil {
		s.input = &jobInput{from: s.from}
	}
	return s.input
}

// Read is for fmt.Scan, which takes the short way as long as the program does not
// use os.Stdin.
func (s *stdin) Read(p []byte) (int, error) {
	s.mu.Lock()
	used, file, input := s.used, s.file, s.reader()
	s.mu.Unlock()
	if used {
		return file.Read(p)
	}
	return input.Read(p)
}

// failure gives what the input ended with, if that was no end.
func (s *stdin) failure() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.input == nil {
		return nil
	}
	if err := s.input.err.Load(); err != nil {
		return *err
	}
	return nil
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

// A jobInput is what one job reads. What feeds an earlier line of a session still
// has that line's.
type jobInput struct {
	from io.Reader
	err  atomic.Pointer[error] // what from ended with, if not io.EOF
}

func (j *jobInput) Read(p []byte) (int, error) {
	if j.from == nil {
		return 0, io.EOF
	}
	n, err := j.from.Read(p)
	if err != nil && err != io.EOF {
		j.err.Store(&err)
	}
	return n, err
}

// feed copies to the pipe. An error of reading becomes one of reading the pipe: a read
// that is late, which is what a pipe has besides its end. What is still in it is
// lost then.
func (j *jobInput) feed(out, in *os.File) {
	defer in.Close()
	buf := make([]byte, stdinChunk)
	for {
		n, err := j.Read(buf)
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
