package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"

	"github.com/farside-go/farside/bootstrap"
)

// fromSystemd is the address that stands for the sockets that systemd passes.
const fromSystemd = "systemd"

// checkListen looks at the address to listen at.
func (s *settings) checkListen() error {
	if s.listen == fromSystemd {
		return nil
	}
	path, local := strings.CutPrefix(s.listen, "unix:")
	if local && path != "" {
		return nil
	}
	err := errors.New("a path is missing")
	if !local {
		_, _, err = net.SplitHostPort(s.listen)
	}
	if err != nil {
		return fmt.Errorf("--listen %s: %w", s.listen, err)
	}
	return nil
}

// listeners are what the server listens at.
func (s *settings) listeners() ([]net.Listener, error) {
	if s.listen == fromSystemd {
		return passedListeners(os.LookupEnv, os.Getpid(), firstPassed)
	}
	l, err := bootstrap.Listen(s.listen)
	if err != nil {
		return nil, err
	}
	return []net.Listener{l}, nil
}

// firstPassed is the first descriptor that systemd passes; see sd_listen_fds(3).
const firstPassed = 3

var errNothingPassed = errors.New("--listen systemd: no socket was passed; it is for a service with a .socket unit")

// passedListeners takes over the sockets that were passed to this process. What the
// server starts is not told of them.
func passedListeners(env func(string) (string, bool), pid, first int) ([]net.Listener, error) {
	owner, _ := env("LISTEN_PID")
	text, _ := env("LISTEN_FDS")
	for _, name := range []string{"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"} {
		os.Unsetenv(name)
	}
	count, err := strconv.Atoi(text)
	if err != nil || count < 1 || owner != strconv.Itoa(pid) {
		return nil, errNothingPassed
	}
	var listeners []net.Listener
	for fd := first; fd < first+count; fd++ {
		file := os.NewFile(uintptr(fd), "socket "+strconv.Itoa(fd))
		l, err := net.FileListener(file)
		file.Close()
		if err != nil {
			return nil, fmt.Errorf("--listen systemd: descriptor %d: %w", fd, err)
		}
		listeners = append(listeners, l)
	}
	return listeners, nil
}
