//go:build ignore

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

// pipeline connects commands as a shell does.
func pipeline(in io.Reader, cmds ...*exec.Cmd) (string, error) {
	var out strings.Builder
	for i, c := range cmds {
		if i == 0 {
			c.Stdin = in
		} else {
			r, err := cmds[i-1].StdoutPipe()
			if err != nil {
				return "", err
			}
			c.Stdin = r
		}
	}
	cmds[len(cmds)-1].Stdout = &out
	for _, c := range cmds {
		if err := c.Start(); err != nil {
			return "", fmt.Errorf("start %s: %w", c.Args[0], err)
		}
	}
	var errs []error
	for i := len(cmds) - 1; i >= 0; i-- {
		if err := cmds[i].Wait(); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", cmds[i].Args[0], err))
		}
	}
	return out.String(), errors.Join(errs...)
}

// A coprocess answers line by line.
type coprocess struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func start(name string, args ...string) (*coprocess, error) {
	c := &coprocess{cmd: exec.Command(name, args...)}
	var err error
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.out = bufio.NewScanner(out)
	return c, c.cmd.Start()
}
func (c *coprocess) ask(s string) string {
	fmt.Fprintln(c.in, s)
	if !c.out.Scan() {
		return "ended"
	}
	return c.out.Text()
}
func (c *coprocess) close() error { c.in.Close(); return c.cmd.Wait() }

func main() {
	out, err := pipeline(strings.NewReader("b\na\nc\na\n"), exec.Command("sort"), exec.Command("uniq", "-c"), exec.Command("sed", "s/^ *//"))
	fmt.Printf("%q %v\n", out, err)
	_, err = pipeline(nil, exec.Command("sh", "-c", "exit 1"), exec.Command("cat"), exec.Command("false"))
	fmt.Printf("%q\n", err.Error())

	c, err := start("sh", "-c", `while read a b; do echo $((a + b)); done; exit 7`)
	fmt.Println(c.ask("1 2"), c.ask("40 2"), err)
	err = c.close()
	var exit *exec.ExitError
	fmt.Println(errors.As(err, &exit), exit.ExitCode(), c.ask("1 1"))

	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sleep", "1000")
	err = cmd.Run()
	ws := cmd.ProcessState.Sys().(syscall.WaitStatus)
	fmt.Println(err, ctx.Err(), ws.Signaled(), ws.Signal())

	ctx2, stop := context.WithCancel(context.Background())
	cmd = exec.CommandContext(ctx2, "sh", "-c", `trap "echo asked; exit 5" TERM; echo ready; while :; do sleep 0.01; done`)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = time.Minute
	stdout, _ := cmd.StdoutPipe()
	cmd.Start()
	sc := bufio.NewScanner(stdout)
	for sc.Scan() {
		fmt.Println("child:", sc.Text())
		stop()
	}
	err = cmd.Wait()
	fmt.Println(errors.As(err, &exit), cmd.ProcessState.ExitCode())

	var wg sync.WaitGroup
	results := make([]string, 4)
	for i := range results {
		wg.Go(func() {
			out, err := exec.Command("sh", "-c", fmt.Sprintf("exit $((%d %% 2))", i)).Output()
			results[i] = fmt.Sprintf("%d:%q:%v", i, out, err)
		})
	}
	wg.Wait()
	fmt.Println(results)

	p, err := os.StartProcess("/bin/sh", []string{"sh", "-c", "exit 9"}, &os.ProcAttr{Files: []*os.File{nil, os.Stdout, os.Stderr}})
	if err != nil {
		fmt.Println(err)
		return
	}
	st, err := p.Wait()
	fmt.Println(st, st.ExitCode(), err, p.Signal(os.Kill))
	sleeper := exec.Command("sleep", "1000")
	sleeper.Start()
	fmt.Println(sleeper.Process.Kill(), sleeper.Wait(), sleeper.Process.Pid > 0)
}
