package gobuild

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"github.com/farside-go/farside/internal/farmain"
	"github.com/farside-go/farside/internal/gohome"
	"github.com/farside-go/farside/internal/gotool"
)

// A plan is how a program is built.
type plan struct {
	*gohome.Home
	target  string            // what the go command is told to build
	overlay map[string]string // texts, by the paths that they are laid over
	main    bool              // it is a whole program
	folder  string            // of the package, if it is the user's
	listed  []*gotool.Package // all that goes in
}

// plan finds out what goes into the program.
func (j *job) plan(ctx context.Context, w *work) (*plan, error) {
	h, err := gohome.New(ctx, j.tool, j.Tags)
	if err != nil {
		return nil, j.fromGo(err)
	}
	if strings.Contains(h.Env.GOFLAGS, "-overlay") {
		return nil, j.failed(nil, "GOFLAGS says -overlay, and a build here has one of its own: take it away")
	}
	if j.Source != "" {
		return j.planSource(ctx, w, h)
	}
	if len(j.Modules) > 0 {
		if h, err = j.around(ctx, w, h); err != nil {
			return nil, j.fromGo(err)
		}
	}
	return j.planPackage(ctx, w, h)
}

// around is a home that has the job's modules as well, and farside.
func (j *job) around(ctx context.Context, w *work, h *gohome.Home) (*gohome.Home, error) {
	missing := "there is no module"
	if h.Root != "" {
		list, err := h.Tool.List(ctx, append([]string{"-find", farmain.WorkerPath}, h.Args...)...)
		if err != nil {
			return nil, err
		}
		missing = lacksWorker(list)
	}
	return h.Around(ctx, w.dir, j.Modules, missing)
}

// lacksWorker says why package worker cannot be built, "" if it can.
func lacksWorker(list []*gotool.Package) string {
	for _, pkg := range list {
		switch {
		case pkg.ImportPath != farmain.WorkerPath:
		case pkg.Error != nil:
			return pkg.Error.Err
		default:
			return ""
		}
	}
	return "it was not found"
}

// list asks for packages with all that they need.
func (j *job) list(ctx context.Context, w *work, p *plan, patterns ...string) (err error) {
	args := append([]string{"-deps"}, p.Args...)
	if len(p.overlay) > 0 {
		path, err := w.overlay(p.overlay)
		if err != nil {
			return err
		}
		args = append(args, "-overlay="+path)
	}
	p.listed, err = p.Tool.List(ctx, append(args, patterns...)...)
	return err
}

// needWorker sees to it that package worker is there for a program that was listed
// together with it: if the user's modules do not have it, in a workspace of our own.
func (j *job) needWorker(ctx context.Context, w *work, p *plan, pattern string) (err error) {
	missing := lacksWorker(p.listed)
	if missing == "" || p.Own {
		return nil
	}
	if p.Home, err = p.Around(ctx, w.dir, j.Modules, missing); err != nil {
		return err
	}
	return j.list(ctx, w, p, pattern, farmain.WorkerPath)
}

// fromGo makes an Error of one of the go command's.
func (j *job) fromGo(err error) error {
	if exit := (*gotool.ExitError)(nil); errors.As(err, &exit) {
		return j.said(exit.Text)
	}
	return err
}

// planSource plans the build of a text: a package in a folder that does not exist, in the
// user's module, or in ours if there is none.
func (j *job) planSource(ctx context.Context, w *work, h *gohome.Home) (*plan, error) {
	program, err := farmain.FromText(j.Name, j.Source, j.Func)
	if wrong := (*farmain.Error)(nil); errors.As(err, &wrong) {
		return nil, j.wrongText(wrong)
	}
	if j.Command && !program.Main {
		return nil, j.notWhole()
	}
	if len(j.Modules) > 0 || h.Root == "" {
		if h, err = j.around(ctx, w, h); err != nil {
			return nil, j.fromGo(err)
		}
	}
	p := &plan{Home: h, main: program.Main, overlay: map[string]string{}}
	dir := filepath.Join(h.Root, "farside-"+hashOf(j.Name, j.Source)[:12])
	for name, text := range program.Files {
		p.overlay[filepath.Join(dir, name)] = text
	}
	p.target = dir
	if p.main {
		return p, j.fromGo(j.list(ctx, w, p, dir))
	}
	err = j.list(ctx, w, p, dir, farmain.WorkerPath)
	if err == nil {
		err = j.needWorker(ctx, w, p, dir)
	}
	return p, j.fromGo(err)
}

func (j *job) wrongText(wrong *farmain.Error) *Error {
	e := j.failed(ErrCompile, "")
	if wrong.NoFar {
		e.Kind = ErrNoFar
	}
	e.Messages[0] = Message{wrong.Position.Filename, wrong.Position.Line, wrong.Position.Column, wrong.Text}
	return e
}
