package bothways

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// A refusal is the error of a program that does not compile.
type refusal struct{ text string }

func (r *refusal) Error() string { return r.text }

// build makes an executable of p in dir.
func (h *Home) build(ctx context.Context, dir string, p *Program) (string, error) {
	b := &build{ctx: ctx, tools: h.tools, dir: dir, importcfg: h.importcfg}
	for _, pkg := range p.Packages {
		if err := b.compile(pkg); err != nil {
			return "", err
		}
	}
	name := filepath.Base(p.Name)
	if err := b.compile(Package{Path: "main", Files: []File{{Name: name, Text: p.Main}}}); err != nil {
		return "", err
	}
	return b.link()
}

// A build is the making of one executable.
type build struct {
	ctx       context.Context
	tools     string
	dir       string
	importcfg string // of all that is compiled so far
	packages  int
	last      string // the archive of the package compiled last
}

// compile makes an archive of a package, that later ones can import.
func (b *build) compile(pkg Package) error {
	b.packages++
	dir := filepath.Join(b.dir, strconv.Itoa(b.packages))
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	cfg := filepath.Join(dir, "importcfg")
	if err := os.WriteFile(cfg, []byte(b.importcfg), 0o600); err != nil {
		return err
	}
	b.last = dir + ".a"
	args := []string{"-p", pkg.Path, "-D", ".", "-importcfg", cfg, "-o", b.last}
	for _, file := range pkg.Files {
		if err := os.WriteFile(filepath.Join(dir, file.Name), []byte(file.Text), 0o600); err != nil {
			return err
		}
		args = append(args, file.Name)
	}
	if err := b.tool(dir, "compile", args...); err != nil {
		return err
	}
	b.importcfg += "packagefile " + pkg.Path + "=" + b.last + "\n"
	return nil
}

// link makes an executable of the package compiled last.
func (b *build) link() (string, error) {
	cfg := filepath.Join(b.dir, "importcfg")
	if err := os.WriteFile(cfg, []byte(b.importcfg), 0o600); err != nil {
		return "", err
	}
	exe := filepath.Join(b.dir, "program.exe")
	return exe, b.tool(b.dir, "link", "-s", "-w", "-importcfg", cfg, "-o", exe, b.last)
}

// tool runs the compiler or the linker.
func (b *build) tool(dir, name string, args ...string) error {
	cmd := exec.CommandContext(b.ctx, filepath.Join(b.tools, name), args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	var failed *exec.ExitError
	if errors.As(err, &failed) && b.ctx.Err() == nil {
		return &refusal{strings.TrimSpace(string(out))}
	}
	return err
}
