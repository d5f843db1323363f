package gateway

import (
	"context"
	"errors"
	"sync"

	"github.com/farside-go/farside/internal/gobuild"
	"github.com/farside-go/farside/internal/keep"
)

// BuildOptions say how a program is compiled. Nil means all defaults.
type BuildOptions struct {
	// Dir is where packages and modules are looked for. Default: the current folder.
	Dir string

	// Modules are what can be imported beside the modules that Dir has, each with a
	// version, such as golang.org/x/text@v0.14.0. Default: none.
	Modules []string

	// Tags are build tags. Default: none.
	Tags []string

	// CGO lets C code be part of it, for which there must be a C compiler for the far
	// side's system. Default: it is not.
	CGO bool
}

// A BuildError says why a program could not be compiled, in the compiler's words.
type BuildError = gobuild.Error

// ErrNoToolchain is matched by the error of what is to be built where there is no go
// command.
var ErrNoToolchain = gobuild.ErrNoToolchain

// Build is a program that the local toolchain compiles for the far side, which needs no
// toolchain, no modules and no network. pkg is a folder (absolute, or beginning with a
// dot) or an import path, seen from Dir. The package has a far function, as source has
// (see [Source]), which Program.Func names if there are several; or it is a whole package
// main.
//
// What comes of it is sent once and kept over there, by its hash: the second Exec of the
// same content compiles nothing and sends nothing. Each Exec starts a process of its own:
// whatever becomes of that, the gateway lives.
//
// A far function has its channel as ever. When its process ends otherwise than by the
// function's return, the channel ends with an *[ExitError], or with io.EOF if it exited
// with status 0. When its ctx has ended and it goes on, the process is asked to end after a
// second (by SIGTERM), and killed after another. With the function ends all that it started,
// and every channel that it made, when what it sent there has arrived. A Stdin is read from
// the start, as a command's is.
//
// A whole program runs as a command, with the arguments of Exec, as texts, and with Stdin,
// Stdout and Stderr. The channel of Exec carries nothing and ends with it: with io.EOF if
// its status is 0, else with a *[RemoteError] whose Name is "exit", whose Code is the
// status, -1 for a signal, and whose Stack are its last words. It is asked to end when its
// ctx ends, and killed a second later.
func Build(pkg string, opts *BuildOptions) *Program {
	return buildProgram(gobuild.Request{Package: pkg}, opts)
}

// BuildSource is [Build] of a text, which has one of the forms of [Source] and means the
// same.
func BuildSource(text string, opts *BuildOptions) *Program {
	return buildProgram(gobuild.Request{Source: text}, opts)
}

// Command gives the program, which must be a whole package main that is built, as a
// command of the far side, with the Program's standard streams. What is wrong with it is
// told by Start: that compiles it and sends it, if that was not done before.
func (p *Program) Command(ctx context.Context, gw *Gateway, args ...string) *Cmd {
	c := newCommand(ctx, gw, append([]string{p.name()}, args...))
	c.Path, c.Stdin, c.Stdout, c.Stderr = p.name(), p.Stdin, p.Stdout, p.Stderr
	c.find = func(ctx context.Context) (path string, err error) {
		if p.build == nil {
			return "", errors.New("only a program that is built can be a command: see Build and BuildSource")
		}
		made, err := gw.compile(ctx, p, true)
		if err != nil {
			return "", err
		}
		return gw.sendProgram(ctx, p.name(), gw.fileOf(made))
	}
	return c
}

func buildProgram(req gobuild.Request, opts *BuildOptions) *Program {
	if opts != nil {
		req.Dir, req.Modules, req.Tags, req.CGO = opts.Dir, opts.Modules, opts.Tags, opts.CGO
	}
	program := newProgram()
	program.build = &req
	return program
}

// builds is the cache of what this user builds, one for the process.
var builds = sync.OnceValues(func() (*gobuild.Cache, error) { return gobuild.Open("") })

// compile gives the program as a file for the far side's system, which may have to be one
// that is a command.
func (gw *Gateway) compile(ctx context.Context, program *Program, command bool) (*gobuild.Built, error) {
	cache, err := builds()
	if err != nil {
		return nil, err
	}
	req := *program.build
	req.Command = command
	req.GOOS, req.GOARCH = gw.info.OS, gw.info.Arch
	req.Name, req.Func = program.Name, program.Func
	req.Progress = func(stage string) { gw.progress(Progress{ID: gw.ID(), What: stage}) }
	return cache.Build(ctx, &req)
}

// sendProgram has the far side keep a program, if it does not have it.
func (gw *Gateway) sendProgram(ctx context.Context, name string, file *keep.File) (path string, err error) {
	release, err := gw.sending.take(ctx, file.Hash) // to find it there then
	if err != nil {
		return "", err
	}
	defer release()
	what := "sending " + name
	return keep.Send(ctx, gw.mux, file, func(done, total int64) {
		gw.progress(Progress{ID: gw.ID(), What: what, Done: done, Total: total})
	})
}

// progress tells of what takes long.
func (gw *Gateway) progress(p Progress) {
	gw.telling.Lock()
	defer gw.telling.Unlock()
	gw.opts.Progress(p)
}
