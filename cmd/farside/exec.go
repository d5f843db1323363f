package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/farside-go/farside/channel"
)

func execCommand(t *terminal) *cobra.Command {
	var code string
	cmd := &cobra.Command{
		Use:   "exec [--on SPEC] [--engine ENGINE] (-e CODE | FILE.go | PACKAGE) [-- ARGS...]",
		Short: "Run Go on a far side",
		Long: `Run Go on a far side.

The source is bare statements (with ctx, channel and args predeclared and the
standard library imported as used), a file with a far function, or a whole
package main. What it prints is printed here, and it reads the standard input of
this command, which is left alone by a program that does not read; items that it
sends on its channel and what it returns are printed one a line. ARGS are strings:
os.Args of a package main, args of bare statements. For the parameters of a far
function they are parsed as by package flag.

Source is interpreted over there, or compiled here and sent. A file is compiled where
there is a Go toolchain, and interpreted elsewhere; -e is interpreted; a package, which is
a folder (absolute, or beginning with a dot) or an import path, is compiled. --engine says
otherwise, and -v says what was done and why.

The exit status is the program's own if it calls os.Exit, and 1 for an error.
Ctrl-C cancels the program's ctx, a second one kills the far side.`,
		Example: `  farside exec -e 'fmt.Println("hello from", os.Getpid())'
  farside exec --on popen//chdir=build -e 'return os.Getwd()'
  farside exec --on 'socket=HOST:7000//key=SHA256:...//token-file=t' report.go
  farside exec --on popen//id=a --on popen//via=a -e 'return os.Getppid()'
  farside exec count.go -- words.txt
  farside exec upper.go <in >out
  farside exec --on ssh=HOST ./cmd/report -- --since yesterday`,
		Args: usage(func(_ *cobra.Command, args []string) error {
			if code == "" && len(args) == 0 {
				return errors.New("exec needs -e CODE, a FILE.go or a PACKAGE")
			}
			return nil
		}),
	}
	specs := onFlag(cmd)
	var engine string
	var verbose bool
	cmd.Flags().StringVar(&engine, "engine", engineAuto, "what runs it: interp, build or auto")
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "say on standard error what runs it, and why")
	cmd.RegisterFlagCompletionFunc("engine", cobra.FixedCompletions([]string{engineAuto, engineBuild, engineInterp}, cobra.ShellCompDirectiveNoFileComp))
	cmd.Flags().StringVarP(&code, "eval", "e", "", "run this `code`")
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"go"}, cobra.ShellCompDirectiveFilterFileExt
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		source, rest, err := sourceOf(code, args)
		if err != nil {
			return err
		}
		choices, err := source.choose(engine)
		if err != nil {
			return usageError{err}
		}
		first, second, stop := interrupts(cmd.Context())
		defer stop()
		gw, err := open(first, *specs, t)
		if err != nil {
			return err
		}
		return runProgram(first, second, gw, startFirst(gw, choices, rest, t, verbose), t)
	}
	return cmd
}

// runProgram runs a program on gw, which it closes at the end. It cancels the
// program when first ends, and kills the far side when second does, even while it
// waits for the close.
func runProgram(first, second context.Context, gw *farSide, start starter, t *terminal) error {
	defer context.AfterFunc(second, func() { gw.Kill() })()
	defer gw.Close()
	ch, err := start(first)
	switch {
	case err != nil && first.Err() != nil:
		return context.Cause(first)
	case err != nil:
		return err
	}
	ctx := context.WithoutCancel(first)
	defer cancelOnInterrupt(first, ch)()
	err = printItems(ctx, ch, t)
	if first.Err() != nil {
		return context.Cause(first)
	}
	if status, ok := statusOf(err); ok {
		return &exitError{status}
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
