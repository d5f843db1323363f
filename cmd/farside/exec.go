package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
)

func execCommand(t *terminal) *cobra.Command {
	var code string
	cmd := &cobra.Command{
		Use:   "exec [--on SPEC] (-e CODE | FILE.go) [-- ARGS...]",
		Short: "Run Go source on a far side",
		Long: `Run Go source on a far side.

The source is bare statements (with ctx, channel and args predeclared and the
standard library imported as used), a file with a far function, or a whole
package main. What it prints is printed here, and it reads the standard input of
this command, which is left alone by a program that does not read; items that it
sends on its channel and what it returns are printed one a line. ARGS are strings:
os.Args of a package main, args of bare statements. For the parameters of a far
function they are parsed as by package flag.

The exit status is the program's own if it calls os.Exit, and 1 for an error.
Ctrl-C cancels the program's ctx, a second one kills the far side.`,
		Example: `  farside exec -e 'fmt.Println("hello from", os.Getpid())'
  farside exec --on popen//chdir=build -e 'return os.Getwd()'
  farside exec --on 'socket=HOST:7000//key=SHA256:...//token-file=t' report.go
  farside exec --on popen//id=a --on popen//via=a -e 'return os.Getppid()'
  farside exec count.go -- words.txt
  farside exec upper.go <in >out`,
		Args: usage(func(_ *cobra.Command, args []string) error {
			if code == "" && len(args) == 0 {
				return errors.New("exec needs -e CODE or a FILE.go")
			}
			return nil
		}),
	}
	specs := onFlag(cmd)
	cmd.Flags().StringVarP(&code, "eval", "e", "", "run this `code`")
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"go"}, cobra.ShellCompDirectiveFilterFileExt
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		program, rest, err := programOf(code, args)
		if err != nil {
			return err
		}
		program.Stdin, program.Stdout, program.Stderr = t.in, t.out, t.err
		program.ParseArgs = true
		first, second, stop := interrupts(cmd.Context())
		defer stop()
		gw, err := open(first, *specs, t)
		if err != nil {
			return err
		}
		return runProgram(first, second, gw, program, rest, t)
	}
	return cmd
}

// programOf gives the program of the command line and its arguments.
func programOf(code string, args []string) (*gateway.Program, []string, error) {
	if code != "" {
		program := gateway.Source(code)
		program.Name = "-e"
		return program, args, nil
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return nil, nil, fmt.Errorf("exec: %w", err)
	}
	program := gateway.Source(string(text))
	program.Name = filepath.Base(args[0])
	return program, args[1:], nil
}

// runProgram runs a program on gw, which it closes at the end. It cancels the
// program when first ends, and kills the far side when second does, even while it
// waits for the close.
func runProgram(first, second context.Context, gw *farSide, program *gateway.Program, args []string, t *terminal) error {
	defer context.AfterFunc(second, func() { gw.Kill() })()
	defer gw.Close()
	values := make([]any, len(args))
	for i, arg := range args {
		values[i] = arg
	}
	ctx := context.WithoutCancel(first)
	ch, err := gw.Exec(ctx, program, values...)
	if err != nil {
		return err
	}
	defer cancelOnInterrupt(first, ch)()
	err = printItems(ctx, ch, t)
	if first.Err() != nil {
		return context.Cause(first)
	}
	var remote *gateway.RemoteError
	if errors.As(err, &remote) && remote.Name == "exit" {
		return &exitError{remote.Code}
	}
	return err
}

// printItems prints what the program sends, until it ends.
func printItems(ctx context.Context, ch *channel.Channel, t *terminal) error {
	for {
		item, err := ch.Receive(ctx)
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		if text, ok := item.([]byte); ok {
			item = string(text)
		}
		fmt.Fprintln(t.out, item)
	}
}
