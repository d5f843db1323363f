package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"strings"
)

const modulePath = "github.com/farside-go/farside/"

// ours are the packages of this module that far-side source can import.
var ours = []string{modulePath + "bootstrap", modulePath + "channel", modulePath + "gateway"}

// load reads what the compiler knows of the standard library and of our own
// packages on a target.
func load(target string) (std, own library, err error) {
	exports, err := exportFiles(target)
	if err != nil {
		return std, own, err
	}
	imp := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, errors.New("no export data for " + path)
		}
		return os.Open(exports[path])
	})
	std = library{target: target, packages: make(map[string]*types.Package)}
	own = library{target: target, packages: make(map[string]*types.Package)}
	for path, file := range exports {
		if file == "" {
			continue // unsafe
		}
		pkg, err := imp.Import(path)
		if err != nil {
			return std, own, err
		}
		switch domain, _, _ := strings.Cut(path, "/"); {
		case strings.HasPrefix(path, modulePath):
			own.packages[path] = pkg
		case !strings.Contains(domain, "."):
			std.packages[path] = pkg
		}
	}
	return std, own, nil
}

// exportFiles asks the go command to compile the standard library and our own
// packages for a target, and gives the file of export data of each package. The
// environment is pinned: archives must not depend on who generates them.
func exportFiles(target string) (map[string]string, error) {
	args := append([]string{"list", "-deps", "-export", "-f", "{{.ImportPath}}\t{{.Export}}", "std"}, ours...)
	cmd := exec.Command("go", args...)
	goos, goarch, _ := strings.Cut(target, "/")
	cmd.Env = append(os.Environ(),
		"GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0", "GOFLAGS=", "GOEXPERIMENT=", "GOWORK=off")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list -export std for %s: %w\n%s", target, err, &stderr)
	}
	files := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		if path, file, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "\t"); ok {
			files[path] = file
		}
	}
	return files, nil
}
