package bothways

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"testing/fstest"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
)

// RunFar runs a program as source on a popen far side of its own, so that an
// os.Exit, a crash and all output are the program's. The error is of this
// machine, or of ctx.
func RunFar(ctx context.Context, p *Program, limits Limits) (Outcome, error) {
	limits = limits.withDefaults()
	stdout, stderr := &capture{limit: limits.Output}, &capture{limit: limits.Output}
	spec := "popen"
	if p.Dir != "" {
		spec += "//chdir=" + p.Dir
	}
	gw, err := gateway.Open(ctx, spec, &gateway.Options{Stdout: stdout, Stderr: stderr})
	if err != nil {
		return Outcome{}, fmt.Errorf("bothways: %s: %w", p.Name, err)
	}
	bounded, cancel := context.WithTimeout(ctx, limits.Time)
	defer cancel()
	source := gateway.Source(p.Main)
	source.Name, source.Stdout, source.Stderr = p.Name, stdout, stderr
	end := runOn(bounded, gw, source, p)
	killErr := gw.Kill() // the output is complete then
	if err := errors.Join(ctx.Err(), killErr); err != nil {
		return Outcome{}, fmt.Errorf("bothways: %s: %w", p.Name, err)
	}
	out := Outcome{Stdout: stdout.String(), Unended: bounded.Err() != nil}
	out.Stderr, out.Crash = splitCrash(stderr.String())
	out.ended(end)
	return out, nil
}

// runOn runs the program and returns how it ended.
func runOn(ctx context.Context, gw *gateway.Gateway, source *gateway.Program, p *Program) error {
	for root, tree := range trees(p.Packages) {
		if err := gw.Import(ctx, root, tree); err != nil {
			return &importError{err}
		}
	}
	args := make([]any, len(p.Args))
	for i, arg := range p.Args {
		args[i] = arg
	}
	ch, err := gw.Exec(context.WithoutCancel(ctx), source, args...) // its deadline must not travel: at home there is none
	for err == nil {
		_, err = ch.Receive(ctx)
	}
	return err
}

// An importError says that a package was refused.
type importError struct{ error }

func (e *importError) Unwrap() error { return e.error }

// trees gives packages by the first element of their paths, as Import takes them.
func trees(packages []Package) map[string]fstest.MapFS {
	out := map[string]fstest.MapFS{}
	for _, pkg := range packages {
		root, folder, _ := strings.Cut(pkg.Path, "/")
		if out[root] == nil {
			out[root] = fstest.MapFS{}
		}
		for _, file := range pkg.Files {
			out[root][path.Join(folder, file.Name)] = &fstest.MapFile{Data: []byte(file.Text)}
		}
	}
	return out
}

// Names of errors that a far side gives.
const (
	farCompile = "compile"
	farExit    = "exit"
	farPanic   = "panic"
)

// ended adds what the end of the program's channel says.
func (o *Outcome) ended(err error) {
	var remote *channel.RemoteError
	var refused *importError
	var died *gateway.ExitError
	switch {
	case o.Unended, err == io.EOF: // not errors.Is: a far error may match it too
	case errors.As(err, &refused):
		o.Refused = err.Error()
	case errors.As(err, &remote) && remote.Name == farCompile:
		o.Refused = remote.Text
	case errors.As(err, &remote) && remote.Name == farExit:
		o.Exit = remote.Code
	case errors.As(err, &remote) && remote.Name == farPanic:
		o.Exit, o.Crash = statusOfCrash, firstLine(remote.Text)
	case errors.As(err, &died):
		o.Exit, o.Signal = died.Code, died.Signal
	default: // nothing that a compiled program can do
		o.Exit, o.Crash = -1, firstLine(err.Error())
	}
}
