// Package embedded finds the files that go:embed asks for, and makes the values
// of the variables that they are embedded into, as the go command and the compiler
// do.
package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Match gives the files of a package's folder that a pattern of go:embed stands
// for, sorted: folders with all that is in them. The error is in the words of the
// go command.
func Match(folder fs.FS, pattern string) ([]string, error) {
	glob, all := strings.CutPrefix(pattern, "all:")
	if _, err := path.Match(glob, ""); err != nil || glob == "." || !fs.ValidPath(glob) {
		return nil, errors.New("invalid pattern syntax")
	}
	names, err := fs.Glob(folder, glob)
	if err != nil {
		return nil, err
	}
	m := matcher{folder: folder, all: all}
	for _, name := range names {
		if err := m.match(name); err != nil {
			return nil, err
		}
	}
	if len(m.files) == 0 {
		return nil, errors.New("no matching files found")
	}
	slices.Sort(m.files)
	return slices.Compact(m.files), nil
}

// A matcher collects what one pattern stands for.
type matcher struct {
	folder fs.FS
	all    bool // hidden files too
	files  []string
}

// match takes in what the pattern itself matches.
func (m *matcher) match(name string) error {
	info, err := fs.Lstat(m.folder, name)
	if err != nil {
		return err
	}
	what := "file"
	if info.IsDir() {
		what = "directory"
	}
	if problem := m.problem(name); problem != "" {
		return fmt.Errorf("cannot embed %s %s: %s", what, name, problem)
	}
	switch {
	case info.IsDir():
		return m.matchFolder(name)
	case !info.Mode().IsRegular():
		return fmt.Errorf("cannot embed irregular file %s", name)
	}
	m.files = append(m.files, name)
	return nil
}

// problem says why something is not part of the package's module.
func (m *matcher) problem(name string) string {
	for dir := name; dir != "."; dir = path.Dir(dir) {
		if m.isModule(dir) {
			return "in different module"
		}
		if dir != name {
			if info, err := fs.Lstat(m.folder, dir); err == nil && !info.IsDir() {
				return "in non-directory " + dir
			}
		}
		switch elem := path.Base(dir); {
		case !isBad(elem):
		case dir == name:
			return "invalid name " + elem
		default:
			return "in invalid directory " + elem
		}
	}
	return ""
}

func (m *matcher) isModule(dir string) bool {
	_, err := fs.Stat(m.folder, path.Join(dir, "go.mod"))
	return err == nil
}

// matchFolder takes in what is in a folder.
func (m *matcher) matchFolder(root string) error {
	before := len(m.files)
	err := fs.WalkDir(m.folder, root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || name == root:
			return err
		case entry.IsDir():
			if isBad(entry.Name()) || m.hides(entry.Name()) || m.isModule(name) {
				return fs.SkipDir
			}
		case isHidden(entry.Name()) && (isBad(entry.Name()) || !m.all):
		case isBad(entry.Name()):
			return fmt.Errorf("cannot embed file %s: invalid name %s", name, entry.Name())
		case entry.Type().IsRegular():
			m.files = append(m.files, name)
		}
		return nil
	})
	if err == nil && len(m.files) == before {
		err = fmt.Errorf("cannot embed directory %s: contains no embeddable files", root)
	}
	return err
}

func (m *matcher) hides(elem string) bool { return isHidden(elem) && !m.all }

func isHidden(elem string) bool { return elem[0] == '.' || elem[0] == '_' }
