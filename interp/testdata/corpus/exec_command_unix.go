//go:build ignore

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

type upper struct{ w io.Writer }

func (u upper) Write(p []byte) (int, error) {
	_, err := u.w.Write(bytes.ToUpper(p))
	return len(p), err
}

func run(name string, args ...string) (string, int, error) {
	out, err := exec.Command(name, args...).Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return string(out), exit.ExitCode(), fmt.Errorf("%s: %q", err, exit.Stderr)
	}
	return string(out), 0, err
}

func main() {
	out, code, err := run("sh", "-c", "echo out; echo err >&2; exit 3")
	fmt.Printf("%q %d %v\n", out, code, err)
	out, code, err = run("echo", "a b", "$HOME", "*")
	fmt.Printf("%q %d %v\n", out, code, err)
	_, _, err = run("no-such-command-anywhere")
	fmt.Println(errors.Is(err, exec.ErrNotFound), err)
	_, _, err = run("/no/such/file")
	fmt.Println(errors.Is(err, os.ErrNotExist))

	cmd := exec.Command("tr", "a-z", "b-za")
	cmd.Stdin = strings.NewReader("hal xyz")
	var buf bytes.Buffer
	cmd.Stdout = upper{&buf}
	fmt.Println(cmd.Run(), buf.String(), cmd.ProcessState.Success(), cmd.ProcessState.ExitCode(), cmd.Args)

	both, err := exec.Command("sh", "-c", "echo 1; echo 2 >&2; echo 3").CombinedOutput()
	fmt.Printf("%q %v\n", both, err)

	dir, _ := os.MkdirTemp("", "exec")
	defer os.RemoveAll(dir)
	cmd = exec.Command("sh", "-c", "pwd -P; echo $A-$B-$C; ls")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "A=1", "B=first", "B=last")
	os.WriteFile(filepath.Join(dir, "f.txt"), nil, 0o644)
	res, err := cmd.Output()
	lines := strings.Fields(string(res))
	real, _ := filepath.EvalSymlinks(dir)
	fmt.Println(lines[0] == real, lines[1:], err)

	// The child's output goes straight to ours.
	cmd = exec.Command("sh", "-c", "cat; echo from the child")
	cmd.Stdout = os.Stdout
	in, err := cmd.StdinPipe()
	if err != nil {
		fmt.Println(err)
		return
	}
	cmd.Start()
	fmt.Fprintln(in, "through a pipe")
	in.Close()
	fmt.Println(cmd.Wait(), cmd.ProcessState.Exited())
	fmt.Println(cmd.Run() != nil)

	script := filepath.Join(dir, "script.sh")
	os.WriteFile(script, []byte("#!/bin/sh\nfor a; do echo \"[$a]\"; done\nexit $#\n"), 0o755)
	out, code, _ = run(script, "one", "two words")
	fmt.Printf("%q %d\n", out, code)
	path, err := exec.LookPath("sh")
	fmt.Println(filepath.Base(path), err, exec.Command("x", "y").String())
	_, code, _ = run("sh", "-c", "kill -9 $$")
	fmt.Println(code)
	r, w, _ := os.Pipe()
	cmd = exec.Command("sh", "-c", "echo extra >&3")
	cmd.ExtraFiles = []*os.File{w}
	fmt.Println(cmd.Run(), w.Close())
	extra, _ := io.ReadAll(r)
	fmt.Printf("%q\n", extra)
}
