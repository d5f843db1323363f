package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/farside-go/farside/gateway"
)

// A server is the command socketserver, as anybody would run it.
type server struct {
	cmd    *exec.Cmd
	dir    string // holds the command, and the workers that it keeps
	spec   string
	memory float64 // in MB, before anybody came
}

// startServer builds the command and starts it.
func startServer() (*server, error) {
	dir, err := os.MkdirTemp("", "farside-bench-")
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir}
	path := filepath.Join(dir, "socketserver")
	build := exec.Command("go", "build", "-o", path, "./socketserver")
	build.Dir = ".." // the bench runs in its own folder
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the socketserver: %w: %s", err, out)
	}
	s.cmd = exec.Command(path, "--key-file", filepath.Join(dir, "key"), "--store", s.store(), "--log-format", "none")
	s.cmd.Env = append(os.Environ(), nativeVariable+"=1") // the workers are compiled ones
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	spec, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("start the socketserver: %w", err)
	}
	s.spec = strings.TrimSpace(spec)
	s.memory, err = rss(s.cmd.Process.Pid)
	return s, err
}

func (s *server) store() string { return filepath.Join(s.dir, "workers") }

func (s *server) close() error {
	s.cmd.Process.Kill()
	s.cmd.Wait()
	return os.RemoveAll(s.dir)
}

// open opens a gateway over the server.
func (s *server) open() (*gateway.Gateway, error) {
	return gateway.Open(context.Background(), s.spec, nil)
}

// openFresh is open when the server does not have the worker.
func (s *server) openFresh() (*gateway.Gateway, error) {
	if err := os.RemoveAll(s.store()); err != nil {
		return nil, err
	}
	return s.open()
}

// resident is the server's memory when it has served nobody yet.
func (s *server) resident(int) (float64, error) { return s.memory, nil }
