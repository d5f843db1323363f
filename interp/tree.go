package interp

import (
	"errors"
	"fmt"
	"go/build"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/farside-go/farside/interp/internal/check"
	"github.com/farside-go/farside/interp/stdlib"
)

// A forest is all that was imported. It does not change: an import makes a new
// one, so that a program keeps the one that it started with.
type forest struct {
	packages map[string]*treePackage // by import path
	fset     *token.FileSet          // of them, and of the programs that import them

	mu      sync.Mutex
	checked map[string]*check.Package
}

// A treePackage is one folder of an imported tree.
type treePackage struct {
	root    string // the path that its tree was imported under
	path    string
	name    string
	files   []treeFile
	imports imports
	folder  fs.FS // what its go:embed is about
}

type treeFile struct {
	name string // import path and file name, for positions
	text string
}

// Import makes the packages of a tree importable by programs that start later:
// its root as importPath, and the folder sub in it as importPath/sub. Test
// files are left out, and so are files whose build constraints exclude them, as
// well as folders called testdata and those whose name begins with a dot or an
// underscore. A later Import of the same path replaces the earlier one.
//
// The packages are read before Import returns, what they embed when programs
// that import them are compiled. A file that cannot be parsed is a *channel.Fault
// with its position.
func (in *Interp) Import(importPath string, tree fs.FS) error {
	if err := checkImportPath(importPath); err != nil {
		return err
	}
	packages, err := readTree(importPath, tree)
	if err != nil {
		return err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	next := newForest()
	for p, pkg := range in.trees.packages {
		if pkg.root != importPath {
			next.packages[p] = pkg
		}
	}
	maps.Copy(next.packages, packages)
	in.trees = next
	return nil
}

func checkImportPath(importPath string) error {
	problem := ""
	switch {
	case importPath == "":
		problem = "it is empty"
	case !fs.ValidPath(importPath) || importPath == "." || strings.ContainsAny(importPath, " \\\"`:*\n\t"):
		problem = "an import path is of the form a/b/c"
	case importPath == "main", importPath == "C", importPath == "unsafe":
		problem = "Go has its own use for it"
	case stdlib.Name(importPath) != "":
		problem = "the standard library has it"
	case strings.HasPrefix(importPath+"/", modulePath):
		problem = "it is farside's own"
	}
	if problem != "" {
		return fmt.Errorf("interp: import %q: bad path: %s", importPath, problem)
	}
	return nil
}

// readTree reads the packages of a tree, by import path.
func readTree(root string, tree fs.FS) (map[string]*treePackage, error) {
	packages := make(map[string]*treePackage)
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name != "." && ignoredFolder(entry.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if entry.Type()&fs.ModeIrregular != 0 {
			return nil
		}
		return readFile(packages, root, tree, name)
	})
	if err == nil && len(packages) == 0 {
		err = errors.New("no Go files in the tree")
	}
	if err != nil {
		return nil, fmt.Errorf("interp: import %q: %w", root, err)
	}
	return packages, nil
}

func ignoredFolder(name string) bool {
	return name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

// readFile adds one file to the package that it belongs to.
func readFile(packages map[string]*treePackage, root string, tree fs.FS, name string) error {
	if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
		return nil
	}
	if match, err := matchFile(tree, name); err != nil || !match {
		return err
	}
	text, err := fs.ReadFile(tree, name)
	if err != nil {
		return err
	}
	file := treeFile{name: path.Join(root, name), text: string(text)}
	fset := token.NewFileSet()
	parsed, err := check.Parse(fset, file.name, file.text)
	if err != nil {
		return compileFault(nil, err)
	}
	importPath := path.Join(root, path.Dir(name))
	pkg := packages[importPath]
	if pkg == nil {
		folder, err := fs.Sub(tree, path.Dir(name))
		if err != nil {
			return err
		}
		pkg = &treePackage{root: root, path: importPath, name: parsed.Name.Name, imports: make(imports), folder: folder}
		packages[importPath] = pkg
	}
	if pkg.name != parsed.Name.Name {
		return faultAt(fset, parsed.Name.Pos(), fmt.Sprintf("found packages %s and %s in one folder", pkg.name, parsed.Name.Name))
	}
	pkg.files = append(pkg.files, file)
	for _, spec := range parsed.Imports {
		pkg.imports.add(spec)
	}
	return nil
}

// matchFile reports whether a file is part of the package on this platform.
func matchFile(tree fs.FS, name string) (bool, error) {
	context := build.Default
	context.CgoEnabled = false
	context.JoinPath = path.Join
	context.OpenFile = func(name string) (io.ReadCloser, error) { return tree.Open(name) }
	return context.MatchFile(path.Dir(name), path.Base(name))
}

// compileOrder gives the packages of some import paths and those that they
// import, directly or not, each after those that it imports itself.
func (f *forest) compileOrder(im imports) ([]*treePackage, error) {
	const visiting, done = 1, 2
	state := make(map[string]int)
	var order []*treePackage
	var visit func(path string, from []string) error
	visit = func(path string, from []string) error {
		pkg := f.packages[path]
		if pkg == nil || state[path] == done {
			return nil
		}
		from = append(slices.Clone(from), path)
		if state[path] == visiting {
			return fmt.Errorf("import cycle not allowed: %s", strings.Join(from, " imports "))
		}
		state[path] = visiting
		for _, imported := range pkg.imports.sorted() {
			if err := visit(imported, from); err != nil {
				return err
			}
		}
		state[path] = done
		order = append(order, pkg)
		return nil
	}
	for _, path := range im.sorted() {
		if err := visit(path, nil); err != nil {
			return nil, err
		}
	}
	return order, nil
}
