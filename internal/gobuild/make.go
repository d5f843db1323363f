package gobuild

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/farside-go/farside/internal/gotool"
	"github.com/farside-go/farside/internal/inputs"
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

// inputs takes in everything that the build looks at. Modules of the module cache and
// the standard library do not change.
func (j *job) inputs(p *plan, w *work) (*inputs.Set, error) {
	set := inputs.New()
	in := func(path, dir string) bool {
		return dir != "" && strings.HasPrefix(path, dir+string(filepath.Separator))
	}
	for _, pkg := range p.listed {
		if pkg.Standard || pkg.Dir == "" || in(pkg.Dir, p.Env.GOMODCACHE) || in(pkg.Dir, w.dir) || isVirtual(pkg.Dir) {
			continue
		}
		if err := addPackage(set, pkg); err != nil {
			return nil, err
		}
	}
	for _, path := range j.settings(p) {
		if err := set.AddFile(path); err != nil {
			return nil, err
		}
	}
	return set, nil
}

func isVirtual(dir string) bool {
	_, err := os.Lstat(dir)
	return errors.Is(err, fs.ErrNotExist)
}

func addPackage(set *inputs.Set, pkg *gotool.Package) error {
	if err := set.AddFolder(pkg.Dir); err != nil {
		return err
	}
	for _, path := range pkg.Files() {
		if err := set.AddFile(path); err != nil {
			return err
		}
	}
	if pkg.Module != nil && pkg.Module.GoMod != "" {
		if err := set.AddFile(pkg.Module.GoMod); err != nil {
			return err
		}
	}
	return addEmbedded(set, pkg)
}

// addEmbedded takes in the folders in which a file more would be embedded.
func addEmbedded(set *inputs.Set, pkg *gotool.Package) error {
	for _, pattern := range pkg.EmbedPatterns {
		matches, _ := filepath.Glob(filepath.Join(pkg.Dir, filepath.FromSlash(strings.TrimPrefix(pattern, "all:"))))
		for _, match := range matches {
			if err := set.AddFolder(filepath.Dir(match)); err != nil {
				return err
			}
			err := filepath.WalkDir(match, func(path string, d fs.DirEntry, err error) error {
				if err != nil || !d.IsDir() {
					return err
				}
				return set.AddFolder(path)
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// settings are the files beside packages by which the go command goes, also where there
// are none.
func (j *job) settings(p *plan) (paths []string) {
	for dir := j.Dir; ; dir = filepath.Dir(dir) {
		paths = append(paths, filepath.Join(dir, "go.mod"), filepath.Join(dir, "go.work"))
		if dir == filepath.Dir(dir) {
			break
		}
	}
	for _, file := range []string{p.Env.GOMOD, p.Env.GOWORK, p.modfile()} {
		if filepath.IsAbs(file) && file != os.DevNull {
			paths = append(paths, file, sumOf(file), filepath.Join(filepath.Dir(file), "vendor", "modules.txt"))
		}
	}
	if filepath.IsAbs(p.Env.GOENV) {
		paths = append(paths, p.Env.GOENV)
	}
	if p.folder != "" {
		paths = append(paths, filepath.Join(p.folder, "default.pgo"))
	}
	return paths
}

// modfile gives the file that stands for go.mod, "" if none does.
func (p *plan) modfile() string {
	for flag := range strings.FieldsSeq(p.Env.GOFLAGS) {
		if file, ok := strings.CutPrefix(strings.TrimLeft(flag, "-"), "modfile="); ok {
			return p.Abs(file)
		}
	}
	return ""
}

// sumOf gives the file of sums beside a go.mod or go.work.
func sumOf(file string) string {
	if strings.HasSuffix(file, ".work") {
		return file + ".sum"
	}
	return strings.TrimSuffix(file, ".mod") + ".sum"
}

// content is a hash of all that the program is made of.
func (j *job) content(p *plan, set *inputs.Set) string {
	overlay := map[string]string{}
	for path, text := range p.overlay {
		overlay[j.seen(path)] = text
	}
	return hashOf(j.context, p.Env.GOVERSION, p.Env.GOFLAGS, j.seen(p.target), overlay, j.Modules, p.main, set.Sum(j.seen))
}
