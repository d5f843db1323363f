package gobuild

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

// A home is where the go command finds modules: where the user works, or a workspace of
// our own around that.
type home struct {
	tool gotool.Tool
	env  *gotool.Env
	root string   // the folder of a module that packages can be laid into
	own  bool     // it is a workspace of our own
	args []string // of commands that load packages
}

// usersHome is where the user works.
func (j *job) usersHome(ctx context.Context) (*home, error) {
	env, err := j.tool.Environment(ctx)
	if err != nil {
		return nil, err
	}
	h := &home{tool: j.tool, env: env}
	if env.GOMOD != "" && env.GOMOD != os.DevNull {
		h.root = filepath.Dir(env.GOMOD)
	}
	if len(j.Tags) > 0 {
		h.args = append(h.args, "-tags="+strings.Join(j.Tags, ","))
	}
	return h, nil
}

// around makes a workspace of the user's modules and one more, which requires the
// modules that were asked for, and farside if that is missing, for which missing says why.
func (h *home) around(ctx context.Context, w *work, modules []string, missing string) (*home, error) {
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
		require, known, err := requireFarside(h.env.GOMODCACHE)
		if err != nil {
			return nil, err
		}
		mod, sum = mod+require, known
	}
	if _, err := w.write("module/go.mod", mod); err != nil {
		return nil, err
	}
	if _, err := w.write("module/go.sum", sum); err != nil {
		return nil, err
	}
	text, err := h.workspace(ctx, w)
	if err != nil {
		return nil, err
	}
	path, err := w.write("go.work", text)
	if err != nil {
		return nil, err
	}
	around := *h
	around.own = true
	around.tool.Env = append(around.tool.Env[:len(around.tool.Env):len(around.tool.Env)], "GOWORK="+path)
	around.args = append(around.args[:len(around.args):len(around.args)], "-mod=readonly")
	if h.root == "" {
		around.root = filepath.Join(w.dir, "module")
		around.tool.Dir = around.root
	}
	return &around, nil
}

// goVersion finds the version of Go in what a toolchain says of itself.
var goVersion = regexp.MustCompile(`^go([0-9]+\.[0-9]+(?:\.[0-9]+)?)`)

// workspace gives the text of a go.work with the user's modules and ours. Its version is
// the toolchain's, so that each module keeps its own.
func (h *home) workspace(ctx context.Context, w *work) (string, error) {
	version := "1.26.0"
	if found := goVersion.FindStringSubmatch(h.env.GOVERSION); found != nil {
		version = found[1]
	}
	text := "go " + version + "\n\nuse " + quote(filepath.Join(w.dir, "module")) + "\n"
	if h.env.GOWORK == "" || h.env.GOWORK == "off" {
		if h.root != "" {
			text += "use " + quote(h.root) + "\n"
		}
		return text, nil
	}
	users, err := h.usersWorkspace(ctx)
	if err != nil {
		return "", err
	}
	sums, _ := os.ReadFile(sumOf(h.env.GOWORK))
	_, err = w.write("go.work.sum", string(sums))
	return text + users, err
}

// usersWorkspace gives what the user's go.work says, with absolute paths.
func (h *home) usersWorkspace(ctx context.Context) (text string, err error) {
	out, err := h.tool.Run(ctx, "work", "edit", "-json")
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
	dir := filepath.Dir(h.env.GOWORK)
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

func inDir(dir, path string) string {
	if path = filepath.FromSlash(path); filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// quote writes a path as the files of modules take it.
func quote(path string) string { return fmt.Sprintf("%q", filepath.ToSlash(path)) }

// requireFarside gives the lines of a go.mod that require the farside that this program
// was built with, and what go.sum must have for that: a folder, if it was built of one.
func requireFarside(modcache string) (require, sums string, err error) {
	dir, v := sourceFolder(), version.String()
	if dir != "" && !strings.Contains(dir, "@") {
		known, _ := os.ReadFile(filepath.Join(dir, "go.sum"))
		return fmt.Sprintf("\nrequire %s v0.0.0\n\nreplace %s => %s\n", farsideModule, farsideModule, quote(dir)), string(known), nil
	}
	if !moduleVersion.MatchString(farsideModule + "@" + v) {
		return "", "", fmt.Errorf("no module here requires %s, and this program was built with one that has no version (%s): "+
			"run `go get %s` in the module", farsideModule, v, farsideModule)
	}
	known, _ := os.ReadFile(filepath.Join(modcache, filepath.FromSlash(farsideModule)+"@"+v, "go.sum"))
	return fmt.Sprintf("\nrequire %s %s\n", farsideModule, v), string(known), nil
}

// sourceFolder gives the folder of the farside of which this program was compiled, "" if
// it is not there or not known.
func sourceFolder() string {
	_, file, _, _ := runtime.Caller(0)
	dir := filepath.Dir(filepath.Dir(filepath.Dir(file))) // of internal/gobuild/home.go
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil || !filepath.IsAbs(dir) {
		return ""
	}
	return dir
}
