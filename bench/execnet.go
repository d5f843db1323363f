package main

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
)

//go:embed peers/execnet_peer.py
var execnetPeer string

// An execnet is a Python process that measures its own execnet on request.
type execnet struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	version string
}

// startExecnet looks for a Python that has execnet: Debian's is not always the
// first on PATH.
func startExecnet() (*execnet, error) {
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		out, err := exec.Command(python, "-c",
			"import sys, execnet; print('execnet', execnet.__version__, 'on CPython', sys.version.split()[0])").Output()
		if err != nil {
			continue
		}
		e := &execnet{cmd: exec.Command(python, "-c", execnetPeer), version: string(out[:len(out)-1])}
		if e.in, err = e.cmd.StdinPipe(); err != nil {
			return nil, err
		}
		stdout, err := e.cmd.StdoutPipe()
		if err != nil {
			return nil, err
		}
		e.out = bufio.NewReader(stdout)
		return e, e.cmd.Start()
	}
	return nil, errors.New("no Python with execnet: install python3-execnet")
}

// measure asks for one figure.
func (e *execnet) measure(work string, n int) (float64, error) {
	if _, err := fmt.Fprintf(e.in, "%s %d\n", work, n); err != nil {
		return 0, err
	}
	line, err := e.out.ReadBytes('\n')
	if err != nil {
		return 0, fmt.Errorf("execnet: %w", err)
	}
	var value float64
	return value, json.Unmarshal(line, &value)
}

func (e *execnet) close() error {
	e.in.Close()
	return e.cmd.Wait()
}

// of makes a measurement of n operations.
func (e *execnet) of(work string, n int) func(scale int) (float64, error) {
	return func(scale int) (float64, error) { return e.measure(work, max(n/scale, 1)) }
}
