package gobuild

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/farside-go/farside/internal/gotool"
	"github.com/farside-go/farside/internal/inputs"
)

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
