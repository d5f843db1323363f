// Package gohome knows where the go command finds modules: where the user works, or in a
// workspace of our own around that.
package gohome

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"

	"github.com/farside-go/farside/internal/gotool"
	"github.com/farside-go/farside/internal/version"
)

const farsideModule = "github.com/farside-go/farside"

// A Home is where the go command finds modules for one build.
type Home struct {
	Tool gotool.Tool
	Env  *gotool.Env
	Root string   // the folder of a module that packages can be laid into; "" if there is none
	Own  bool     // it is a workspace of our own
	Args []string // of commands that load packages
}

// New gives the home in which the user works, which is the folder of the tool.
func New(ctx context.Context, tool gotool.Tool, tags []string) (*Home, error) {
	env, err := tool.Environment(ctx)
	if err != nil {
		return nil, err
	}
	h := &Home{Tool: tool, Env: env}
	if env.GOMOD != "" && env.GOMOD != os.DevNull {
		h.Root = filepath.Dir(env.GOMOD)
	}
	if len(tags) > 0 {
		h.Args = append(h.Args, "-tags="+strings.Join(tags, ","))
	}
	if strings.Contains(env.GOFLAGS, "-mod=mod") {
		h.Args = append(h.Args, "-mod=readonly") // or the user's go.mod would be edited
	}
	return h, nil
}

// Around makes a workspace of the user's modules and one more, which requires the
// modules that were asked for, and farside if that is missing, for which missing says why.
// It is written to a folder.
func (h *Home) Around(ctx context.Context, dir string, modules []string, missing string) (*Home, error) {
	mod := "module farside.invalid/build\n\ngo 1.26.0\n"
	for _, module := range modules {
		path, version, _ := strings.Cut(module, "@")
		mod += fmt.Sprintf("\nrequire %s %s\n", path, version)
	}
	sum := ""
	switch {
	case strings.Contains(missing, "is replaced but not required"):
		mod += "\nrequire " + farsideModule + " v0.0.0\n"
	case missing != "":
		require, known, err := requireFarside(sourceFolder(), version.String(), h.Env.GOMODCACHE)
		if err != nil {
			return nil, err
		}
		mod, sum = mod+require, known
	}
	if err := write(dir, "module/go.mod", mod); err != nil {
		return nil, err
	}
	if err := write(dir, "module/go.sum", sum); err != nil {
		return nil, err
	}
	text, err := h.workspace(ctx, dir)
	if err != nil {
		return nil, err
	}
	if err := write(dir, "go.work", text); err != nil {
		return nil, err
	}
	around := *h
	around.Own = true
	around.Tool.Env = append(around.Tool.Env[:len(around.Tool.Env):len(around.Tool.Env)], "GOWORK="+filepath.Join(dir, "go.work"))
	around.Args = append(around.Args[:len(around.Args):len(around.Args)], "-mod=readonly")
	if h.Root == "" {
		around.Root = filepath.Join(dir, "module")
		around.Tool.Dir = around.Root
	}
	return &around, nil
}

// goVersion finds the version of Go in what a toolchain says of itself.
var goVersion = regexp.MustCompile(`^go([0-9]+\.[0-9]+(?:\.[0-9]+)?)`)

// workspace gives the text of a go.work with the user's modules and ours. Its version is
// the toolchain's, so that each module keeps its own.
func (h *Home) workspace(ctx context.Context, dir string) (string, error) {
	version := "1.26.0"
	if found := goVersion.FindStringSubmatch(h.Env.GOVERSION); found != nil {
		version = found[1]
	}
	text := "go " + version + "\n\nuse " + quote(filepath.Join(dir, "module")) + "\n"
	if h.Env.GOWORK == "" || h.Env.GOWORK == "off" {
		if h.Root != "" {
			text += "use " + quote(h.Root) + "\n"
		}
		return text, nil
	}
	users, err := h.usersWorkspace(ctx)
	if err != nil {
		return "", err
	}
	sums, _ := os.ReadFile(h.Env.GOWORK + ".sum")
	return text + users, write(dir, "go.work.sum", string(sums))
}

// usersWorkspace gives what the user's go.work says, with absolute paths.
func (h *Home) usersWorkspace(ctx context.Context) (text string, err error) {
	out, err := h.Tool.Run(ctx, "work", "edit", "-json")
	if err != nil {
		return "", err
	}
	type module struct{ Path, Version string }
	var parsed struct {
		Use     []struct{ DiskPath string }
		Replace []struct{ Old, New module }
	}
	if err := json.Unmarshal(out, &parsed); err != nil {
		return "", err
	}
	dir := filepath.Dir(h.Env.GOWORK)
	for _, use := range parsed.Use {
		text += "use " + quote(inDir(dir, use.DiskPath)) + "\n"
	}
	for _, r := range parsed.Replace {
		with := quote(r.New.Path) + " " + r.New.Version
		if r.New.Version == "" {
			with = quote(inDir(dir, r.New.Path))
		}
		text += fmt.Sprintf("replace %s %s => %s\n", r.Old.Path, r.Old.Version, with)
	}
	return text, nil
}

// Abs gives the path of a file that the go command speaks of here.
func (h *Home) Abs(path string) string { return inDir(h.Tool.Dir, path) }

func inDir(dir, path string) string {
	if path = filepath.FromSlash(path); filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// quote writes a path as the files of modules take it.
func quote(path string) string { return fmt.Sprintf("%q", filepath.ToSlash(path)) }

// requireFarside gives the lines of a go.mod that require the farside that this program
// was built with, and what go.sum must have for that: a folder, if it was built of one
// that is not in a module cache.
func requireFarside(dir, version, modcache string) (require, sums string, err error) {
	if dir != "" && !strings.Contains(dir, "@") {
		known, _ := os.ReadFile(filepath.Join(dir, "go.sum"))
		return fmt.Sprintf("\nrequire %s v0.0.0\n\nreplace %s => %s\n", farsideModule, farsideModule, quote(dir)), string(known), nil
	}
	if !strings.HasPrefix(version, "v") || strings.Contains(version, "+dirty") {
		return "", "", fmt.Errorf("no module here requires %s, and this program was built with one that has no version (%s): "+
			"run `go get %s` in the module", farsideModule, version, farsideModule)
	}
	known, _ := os.ReadFile(filepath.Join(modcache, filepath.FromSlash(farsideModule)+"@"+version, "go.sum"))
	return fmt.Sprintf("\nrequire %s %s\n", farsideModule, version), string(known), nil
}

// sourceFolder gives the folder of the farside of which this program was compiled, "" if
// it is not there or not known.
func sourceFolder() string {
	_, file, _, _ := runtime.Caller(0)
	dir := filepath.Dir(filepath.Dir(filepath.Dir(file))) // of internal/gohome/home.go
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil || !filepath.IsAbs(dir) {
		return ""
	}
	return dir
}

func write(dir, name, text string) error {
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o600)
}
