package gobuild

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// build finds out what goes into the program, and compiles it if nothing was made of
// that before.
func (c *Cache) build(ctx context.Context, j *job) (*Built, error) {
	c.sweep()
	w, err := c.newWork()
	if err != nil {
		return nil, j.ofDisk(err)
	}
	defer w.discard()
	begun := time.Now()
	p, err := j.plan(ctx, w)
	if err != nil {
		return nil, j.ofDisk(err)
	}
	set, err := j.inputs(p, w)
	if err != nil {
		return nil, err
	}
	content := j.content(p, set)
	program, built := c.made(content)
	if built == nil {
		j.progress("compiling " + j.what() + " for " + j.target())
		if program, err = c.compile(ctx, j, p, w); err != nil {
			return nil, j.ofDisk(err)
		}
		if built, err = c.use(program); err != nil {
			return nil, err
		}
	}
	program.What, program.Dir = j.what(), j.Dir
	if !set.ChangedSince(begun) && set.Same() {
		c.remember(j, content, program, set)
	}
	return built, nil
}

// ofDisk makes an Error of what a full disk did.
func (j *job) ofDisk(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		e := j.failed(ErrDiskFull, err.Error())
		e.Hint = "make room where this user's cache is, or run `farside cache prune`"
		return e
	}
	return err
}

// compile runs the compiler and keeps what it made.
func (c *Cache) compile(ctx context.Context, j *job, p *plan, w *work) (*Program, error) {
	out := filepath.Join(w.dir, "program")
	args := append([]string{"build", "-o", out, "-trimpath", "-buildvcs=false"}, p.Args...)
	if !strings.Contains(p.Env.GOFLAGS, "-ldflags") {
		args = append(args, "-ldflags=-s -w")
	}
	if len(p.overlay) > 0 {
		path, err := w.overlay(p.overlay)
		if err != nil {
			return nil, err
		}
		args = append(args, "-overlay="+path)
	}
	if _, err := p.Tool.Run(ctx, append(args, p.target)...); err != nil {
		return nil, p.explain(j, err)
	}
	hash, size, err := hashProgram(out)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(out)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return &Program{Target: j.target(), Hash: hash, Size: size, Main: p.main}, c.programs.Put(hash, file)
}

func hashProgram(path string) (hash string, size int64, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer file.Close()
	sum := sha256.New()
	size, err = io.Copy(sum, file)
	return hex.EncodeToString(sum.Sum(nil)), size, err
}
