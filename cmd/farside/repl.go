package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/interp"
)

func replCommand(t *terminal) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "repl [--on SPEC]",
		Short: "Type Go statements to a far side",
		Long: `Type Go statements and expressions to a far side and see their results.

What is declared stays. The standard input of what runs is empty. Input goes on over lines until it is complete. Ctrl-C
cancels the statement that runs, or the input; Ctrl-D ends. Read from a pipe, the
statements run without prompts, and the first that fails ends it with status 1.`,
		Example: "  farside repl\n  echo 'runtime.NumCPU()' | farside repl --on popen//nice=10",
		Args:    usage(cobra.NoArgs),
	}
	specs := onFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		gw, err := open(cmd.Context(), *specs, t)
		if err != nil {
			return err
		}
		defer gw.Close()
		r := &repl{gw: gw, t: t, lines: newLineSource(t)}
		defer r.lines.Close()
		return r.run(cmd.Context())
	}
	return cmd
}

// A repl is one session with a far side.
type repl struct {
	gw    *farSide
	t     *terminal
	lines lineSource
}

func (r *repl) run(ctx context.Context) error {
	if r.t.interactive() {
		info := r.gw.Info()
		fmt.Fprintf(r.t.out, "farside on %s, %s %s/%s, pid %d. Ctrl-D ends.\n",
			r.gw.ID(), info.Go, info.OS, info.Arch, info.PID)
	}
	for {
		text, err := r.read()
		switch {
		case err == io.EOF:
			return nil
		case errors.Is(err, errAborted):
			continue
		case err != nil:
			return err
		}
		if err := r.eval(ctx, text); err != nil {
			if errors.Is(err, gateway.ErrLost) || !r.t.interactive() {
				return err
			}
			if errors.Is(err, context.Canceled) {
				err = errInterrupted
			}
			r.t.complain(err)
		}
	}
}

// read reads lines until they are complete.
func (r *repl) read() (string, error) {
	text, prompt := "", "> "
	for {
		line, err := r.lines.Line(prompt)
		if err == io.EOF && text != "" {
			return text, nil // the far side says what is missing
		}
		if err != nil {
			return "", err
		}
		text += line + "\n"
		if !incomplete(text) {
			return text, nil
		}
		prompt = ". "
	}
}

// eval runs one input on the far side and prints its result.
func (r *repl) eval(ctx context.Context, text string) error {
	program := gateway.Source(text)
	program.Name, program.Session = "repl", "repl"
	program.Stdout, program.Stderr = r.t.out, r.t.err
	ch, err := r.gw.Exec(ctx, program)
	if err != nil {
		return err
	}
	defer ch.Close()
	first, _, stop := interrupts(ctx)
	defer stop()
	defer cancelOnInterrupt(first, ch)()
	for {
		value, err := channel.Receive[interp.Value](ctx, ch)
		var exit *gateway.RemoteError
		switch {
		case err == io.EOF:
			return nil
		case errors.As(err, &exit) && exit.Name == "exit":
			return &exitError{exit.Code}
		case err != nil:
			return err
		case value.Type != "":
			fmt.Fprintln(r.t.out, value.Text)
		}
	}
}

// historyFile is where the lines of earlier sessions are kept.
func historyFile() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return dir + string(os.PathSeparator) + "farside" + string(os.PathSeparator) + "history"
}
