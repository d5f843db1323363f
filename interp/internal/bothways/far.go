package bothways

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"sync"
	"testing/fstest"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
)

// A Far runs programs as source, one after the other, on a popen far side. One
// that a program took down, or did not end on, is replaced. It is for one
// goroutine. Close it.
type Far struct {
	limits         Limits
	stdout, stderr relay // of the process itself
	gw             *gateway.Gateway
}

// NewFar makes a Far. It starts its far side when it is needed.
func NewFar(limits Limits) *Far { return &Far{limits: limits.withDefaults()} }

// RunFar runs a program on a far side of its own, so that all that the process
// prints and does is the program's. The error is of this machine, or of ctx.
func RunFar(ctx context.Context, p *Program, limits Limits) (Outcome, error) {
	far := NewFar(limits)
	return far.run(ctx, p, true)
}

// Run runs a program. The error is of this machine, or of ctx. The program's Dir
// is that of the far side's first program.
func (f *Far) Run(ctx context.Context, p *Program) (Outcome, error) { return f.run(ctx, p, false) }

// Close ends the far side.
func (f *Far) Close() error {
	if f.gw == nil {
		return nil
	}
	gw := f.gw
	f.gw = nil
	return gw.Kill()
}

func (f *Far) run(ctx context.Context, p *Program, last bool) (Outcome, error) {
	if err := f.open(ctx, p.Dir); err != nil {
		return Outcome{}, fmt.Errorf("bothways: %s: %w", p.Name, err)
	}
	stdout, stderr := &capture{limit: f.limits.Output}, &capture{limit: f.limits.Output}
	f.stdout.pass(stdout)
	f.stderr.pass(stderr)
	bounded, cancel := context.WithTimeout(ctx, f.limits.Time)
	defer cancel()
	source := gateway.Source(p.Main)
	source.Name, source.Stdout, source.Stderr = p.Name, stdout, stderr
	end := runOn(bounded, f.gw, source, p)
	unended := bounded.Err() != nil
	if last || unended || errors.Is(end, gateway.ErrLost) {
		f.Close() // what the process printed is complete then; one that is slow to end is killed all the same
	}
	if err := ctx.Err(); err != nil {
		return Outcome{}, fmt.Errorf("bothways: %s: %w", p.Name, err)
	}
	out := Outcome{Stdout: stdout.String(), Unended: unended}
	out.Stderr, out.Crash = splitCrash(stderr.String())
	out.ended(end)
	return out, nil
}

// open starts the far side if there is none.
func (f *Far) open(ctx context.Context, dir string) (err error) {
	if f.gw != nil {
		return nil
	}
	spec := "popen"
	if dir != "" {
		spec += "//chdir=" + dir
	}
	f.gw, err = gateway.Open(ctx, spec, &gateway.Options{Stdout: &f.stdout, Stderr: &f.stderr})
	return err
}

// A relay passes on what is written to it.
type relay struct {
	mu sync.Mutex
	to io.Writer
}

func (r *relay) pass(to io.Writer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.to = to
}

func (r *relay) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.to == nil {
		return len(p), nil
	}
	return r.to.Write(p)
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
		o.Exit, o.Crash = statusOfCrash, crashLine(remote.Text)
	case errors.As(err, &died):
		o.Exit, o.Signal = died.Code, died.Signal
	default: // nothing that a compiled program can do
		o.Exit, o.Crash = -1, firstLine(err.Error())
	}
}
