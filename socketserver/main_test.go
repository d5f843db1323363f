package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/worker"
)

// The test binary is the socketserver command if it is called so, the other commands
// of the scripts, and also the worker.
func TestMain(m *testing.M) {
	worker.MainWith(func() *worker.Options { return &worker.Options{Engine: engine{}} })
	commands := map[string]func(){
		"socketserver": main, "near": command1(near), "hold": command1(hold), "isjson": command1(isJSON),
	}
	for name, command := range systemCommands {
		commands[name] = command
	}
	testscript.Main(m, commands)
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata", Setup: func(env *testscript.Env) error {
		env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
		return nil
	}})
}

// engine knows one program: the number of its process. It must not be told what systemd
// passed to the server.
type engine struct{}

func (engine) Run(context.Context, *worker.Job) (any, error) {
	if passed := os.Getenv("LISTEN_FDS"); passed != "" {
		return nil, errors.New("LISTEN_FDS=" + passed)
	}
	return os.Getpid(), nil
}

func (engine) Import(string, fs.FS) error { return errors.New("nothing is imported here") }

// command1 makes a command of the scripts from a function of its argument.
func command1(run func(arg string) error) func() {
	return func() {
		if err := run(os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// near opens a gateway and has it do something.
func near(spec string) error {
	gw, err := gateway.Open(context.Background(), spec, nil)
	if err != nil {
		return err
	}
	defer gw.Close()
	return work(gw)
}

func work(gw *gateway.Gateway) error {
	pid, err := gateway.Call[int](context.Background(), gw, gateway.Source("pid"))
	if err != nil {
		return err
	}
	fmt.Println("worker", pid)
	return nil
}

// hold is near that first waits for a line, or for the loss of the far side.
func hold(spec string) error {
	gw, err := gateway.Open(context.Background(), spec, nil)
	if err != nil {
		return err
	}
	defer gw.Close()
	fmt.Println("there")
	said := make(chan struct{})
	go func() { // ends with the process
		bufio.NewReader(os.Stdin).ReadString('\n')
		close(said)
	}()
	select {
	case <-said:
		return work(gw)
	case <-gw.Done():
		return gw.Err()
	}
}

// isJSON wants each line of a file to be an object.
func isJSON(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	n := 0
	for ; lines.Scan(); n++ {
		var object map[string]any
		if err := json.Unmarshal(lines.Bytes(), &object); err != nil {
			return fmt.Errorf("line %q: %w", lines.Text(), err)
		}
	}
	if n == 0 {
		return errors.New("there is no line")
	}
	return lines.Err()
}
