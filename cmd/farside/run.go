package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

const (
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130
)

// exitError ends the command with a status and without a message of its own.
type exitError struct{ code int }

func (e *exitError) Error() string { return fmt.Sprintf("exit status %d", e.code) }

// usageError is a mistake in the command line.
type usageError struct{ error }

// run is the command: it gives the exit status.
func run(args []string, t *terminal) int {
	root := rootCommand(t)
	root.SetArgs(args)
	err := root.ExecuteContext(context.Background())
	if err == nil {
		return 0
	}
	var exit *exitError
	if errors.As(err, &exit) {
		return exit.code
	}
	t.complain(err)
	if errors.As(err, new(usageError)) {
		fmt.Fprintln(t.err, "Run 'farside help' for usage.")
		return exitUsage
	}
	return exitFailed
}

func rootCommand(t *terminal) *cobra.Command {
	root := &cobra.Command{
		Use:   "farside",
		Short: "Run Go code on a far side",
		Long: "farside opens a gateway to a far side, runs Go code there and shows what it does.\n" +
			"The far side of popen, the default, is a child process; that of socket is started by\n" +
			"a socketserver on another machine.",
		Example: "  farside exec -e 'fmt.Println(runtime.GOOS, os.Getpid())'\n" +
			"  farside exec report.go -- --since yesterday\n" +
			"  farside repl",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          usage(cobra.NoArgs),
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetIn(t.in)
	root.SetOut(t.out)
	root.SetErr(t.err)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(execCommand(t), replCommand(t), forwardCommand(t), cacheCommand(t), versionCommand(t))
	return root
}

// usage makes the errors of an argument check usage errors.
func usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}
