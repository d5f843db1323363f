package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
)

// What --engine may be.
const (
	engineAuto   = "auto"
	engineBuild  = "build"
	engineInterp = "interp"
)

// A source is what a command line wants to be run: a text or a package.
type source struct {
	name string // of a text
	text string
	dir  string // where a text's imports are looked for
	pkg  string
	file bool // the text is a file's
}

// sourceOf gives the source of the command line, and the program's arguments.
func sourceOf(code string, args []string) (*source, []string, error) {
	switch {
	case code != "":
		return &source{name: "-e", text: code}, args, nil
	case filepath.Ext(args[0]) != ".go":
		return &source{name: args[0], pkg: args[0]}, args[1:], nil
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return nil, nil, fmt.Errorf("exec: %w", err)
	}
	return &source{name: filepath.Base(args[0]), text: string(text), dir: filepath.Dir(args[0]), file: true}, args[1:], nil
}

// A choice is a program with what is said of it.
type choice struct {
	program *gateway.Program
	said    string
}

// choose gives the programs to try. The next one is for where there is no toolchain.
func (s *source) choose(engine string) ([]choice, error) {
	switch {
	case engine == engineInterp && s.pkg != "":
		return nil, fmt.Errorf("exec: %s is a package, and only texts can be interpreted; did you mean %s.go?", s.pkg, s.pkg)
	case engine == engineInterp:
		return []choice{s.interpreted("as it was asked for")}, nil
	case engine == engineBuild:
		return []choice{s.built("as it was asked for")}, nil
	case engine != engineAuto:
		return nil, fmt.Errorf("exec: --engine is %s, %s or %s, not %q", engineAuto, engineBuild, engineInterp, engine)
	case s.pkg != "":
		return []choice{s.built("it is a package")}, nil
	case s.file:
		return []choice{s.built("it is a file"), s.interpreted("there is no Go toolchain here")}, nil
	}
	return []choice{s.interpreted("it is short")}, nil
}

func (s *source) interpreted(why string) choice {
	return s.choice(gateway.Source(s.text), "interpreted", why)
}

func (s *source) built(why string) choice {
	if s.pkg != "" {
		return s.choice(gateway.Build(s.pkg, nil), "built", why)
	}
	return s.choice(gateway.BuildSource(s.text, &gateway.BuildOptions{Dir: s.dir}), "built", why)
}

func (s *source) choice(program *gateway.Program, how, why string) choice {
	if s.pkg == "" {
		program.Name = s.name
	}
	program.ParseArgs = true
	return choice{program, fmt.Sprintf("farside: %s is %s: %s", s.name, how, why)}
}

// A starter starts what a command runs.
type starter func(ctx context.Context) (*channel.Channel, error)

// startFirst starts the first of the choices for which there is what it takes.
func startFirst(gw *farSide, choices []choice, args []string, t *terminal, verbose bool) starter {
	values := make([]any, len(args))
	for i, arg := range args {
		values[i] = arg
	}
	return func(ctx context.Context) (ch *channel.Channel, err error) {
		for i, c := range choices {
			c.program.Stdin, c.program.Stdout, c.program.Stderr = t.in, t.out, t.err
			ch, err = gw.Exec(ctx, c.program, values...)
			gw.shown.end()
			if i+1 < len(choices) && errors.Is(err, gateway.ErrNoToolchain) {
				continue
			}
			if verbose {
				fmt.Fprintln(t.err, c.said)
			}
			break
		}
		return ch, err
	}
}

// statusOf gives the exit status of a program that ended with one, ok false for others.
func statusOf(err error) (status int, ok bool) {
	if remote, is := errors.AsType[*gateway.RemoteError](err); is && remote.Name == "exit" && remote.Code >= 0 {
		return remote.Code, true
	}
	if exit, is := errors.AsType[*gateway.ExitError](err); is && exit.Signal == "" && !errors.Is(err, gateway.ErrLost) {
		return exit.Code, true
	}
	return 0, false
}
