package gotool

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"strings"
)

// A Package is what the go command tells of one.
type Package struct {
	Dir, ImportPath, Name string
	Standard, DepOnly     bool
	Module                *Module
	Error                 *PackageError
	Match                 []string

	GoFiles, CgoFiles, IgnoredGoFiles, IgnoredOtherFiles        []string
	CFiles, CXXFiles, MFiles, HFiles, FFiles, SFiles, SwigFiles []string
	SwigCXXFiles, SysoFiles, EmbedFiles, EmbedPatterns          []string
}

// A Module is the one of a package.
type Module struct {
	Path, Version, Dir, GoMod string
	Main                      bool
	Replace                   *Module
}

// A PackageError is why a package cannot be built.
type PackageError struct {
	Pos, Err    string
	ImportStack []string
}

const fields = "-json=Dir,ImportPath,Name,Standard,DepOnly,Module,Error,Match,GoFiles,CgoFiles,IgnoredGoFiles,IgnoredOtherFiles," +
	"CFiles,CXXFiles,MFiles,HFiles,FFiles,SFiles,SwigFiles,SwigCXXFiles,SysoFiles,EmbedFiles,EmbedPatterns"

// List runs go list with these arguments: -deps gives all that packages import as well,
// each after those that it imports. What is wrong with a package is told with it.
func (t *Tool) List(ctx context.Context, args ...string) (list []*Package, err error) {
	out, err := t.Run(ctx, append([]string{"list", "-e", fields}, args...)...)
	if err != nil {
		return nil, err
	}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		pkg := &Package{}
		switch err := decoder.Decode(pkg); {
		case errors.Is(err, io.EOF):
			return list, nil
		case err != nil:
			return nil, err
		}
		list = append(list, pkg)
	}
}

// Files are the files of which the package consists, tests left out, and those that
// are left out for the system and tags of this build by what is in them.
func (p *Package) Files() (paths []string) {
	for _, names := range [][]string{p.GoFiles, p.CgoFiles, p.IgnoredGoFiles, p.IgnoredOtherFiles,
		p.CFiles, p.CXXFiles, p.MFiles, p.HFiles, p.FFiles, p.SFiles, p.SwigFiles, p.SwigCXXFiles, p.SysoFiles, p.EmbedFiles} {
		for _, name := range names {
			if !strings.HasSuffix(name, "_test.go") {
				paths = append(paths, filepath.Join(p.Dir, name))
			}
		}
	}
	return paths
}

// An Env is how the go command is set up where it runs.
type Env struct {
	GOVERSION, GOROOT, GOMOD, GOWORK, GOMODCACHE, GOENV, GOFLAGS string
}

// Environment asks for it.
func (t *Tool) Environment(ctx context.Context) (*Env, error) {
	out, err := t.Run(ctx, "env", "-json", "GOVERSION", "GOROOT", "GOMOD", "GOWORK", "GOMODCACHE", "GOENV", "GOFLAGS")
	if err != nil {
		return nil, err
	}
	env := &Env{}
	return env, json.Unmarshal(out, env)
}
