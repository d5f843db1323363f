package gobuild

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"github.com/farside-go/farside/internal/gotool"
	"github.com/farside-go/farside/internal/stamp"
	"github.com/farside-go/farside/internal/version"
)

// A Request says what is to be built: a package or a text.
type Request struct {
	Package string   // a folder (absolute, or beginning with a dot) or an import path, seen from Dir
	Source  string   // the text of a file
	Name    string   // what the text is called in positions. Default: source.go
	Func    string   // the far function. Default: the only one there is
	Dir     string   // Default: the current folder
	Modules []string // path@version: what can be imported beside the modules that Dir has
	Tags    []string // build tags
	CGO     bool     // C code may be part of it
	GOOS    string   // Default: this system
	GOARCH  string   // Default: this system
	Command bool     // it must be a whole package main; otherwise it may be

	// Progress is told what takes a while. Default: nobody.
	Progress func(stage string) `json:"-"`
}

// Built is a program that was built.
type Built struct {
	Path string // of a file that can be started
	Hash string // SHA-256 of its bytes, in hexadecimal digits
	Size int64
	Main bool // it is a whole program; otherwise a worker with one far function
}

// A job is a request on its way.
type job struct {
	Request
	tool    gotool.Tool
	context string // a hash of all that a build depends on beside files
	key     string // a hash of that and the request
}

// format is another one when the same inputs come to another program.
const format = "1"

// newJob completes and checks a request.
func newJob(r *Request) (*job, error) {
	j := &job{Request: *r}
	if (r.Package == "") == (r.Source == "") {
		return nil, errors.New("a build is of a Package or of a Source: give one of them")
	}
	if err := j.checkPlace(); err != nil {
		return nil, fmt.Errorf("build %s: %w", j.what(), err)
	}
	j.Name = orElse(j.Name, "source.go")
	j.GOOS, j.GOARCH = orElse(j.GOOS, runtime.GOOS), orElse(j.GOARCH, runtime.GOARCH)
	for _, module := range j.Modules {
		if !moduleVersion.MatchString(module) {
			return nil, j.failed(ErrModule, fmt.Sprintf("module %q needs a version: PATH@VERSION, such as golang.org/x/text@v0.14.0", module))
		}
	}
	var err error
	if j.tool.Path, err = gotool.Find(); err != nil {
		return nil, j.failed(ErrNoToolchain, err.Error()+
			": install Go 1.26 or later, or run the program as Source, which is interpreted and needs none")
	}
	j.tool.Dir = j.Dir
	return j, j.identify()
}

// checkPlace makes Dir absolute, and refuses a Package that is none.
func (j *job) checkPlace() (err error) {
	if j.Dir, err = filepath.Abs(j.Dir); err != nil {
		return err
	}
	if info, err := os.Stat(j.Dir); err != nil || !info.IsDir() {
		return fmt.Errorf("%s is not a folder", j.Dir)
	}
	path := j.Package
	if !filepath.IsAbs(path) {
		path = filepath.Join(j.Dir, path)
	}
	if info, err := os.Stat(path); strings.HasPrefix(j.Package, "-") || err == nil && !info.IsDir() {
		return errors.New("that is no package: give its folder, or the text of a file as Source")
	}
	return nil
}

// moduleVersion is a version of a module; latest and such are none that a program could
// be built of again.
var moduleVersion = regexp.MustCompile(`^[^@\s]+@v[0-9]+\.[0-9]+\.[0-9]+[-+.0-9A-Za-z]*$`)

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// what is what people call the program.
func (j *job) what() string {
	if j.Package != "" {
		return j.Package
	}
	return j.Name
}

// identify gives the job its keys.
func (j *job) identify() error {
	j.tool.Env = []string{"GOOS=" + j.GOOS, "GOARCH=" + j.GOARCH, "CGO_ENABLED=0"}
	if j.CGO {
		j.tool.Env[2] = "CGO_ENABLED=1"
	}
	info, err := os.Stat(j.tool.Path)
	if err != nil {
		return err
	}
	j.context = hashOf(format, version.String(), j.tool.Path, stamp.Of(info), j.tool.Env, environment(j.CGO), j.Tags)
	j.key = hashOf(j.context, j.Request)
	return nil
}

// environment gives the variables that the go command goes by.
func environment(cgo bool) (vars []string) {
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		switch {
		case strings.HasPrefix(name, "GO"), strings.HasPrefix(name, "CGO_"), name == "HOME", name == "XDG_CONFIG_HOME",
			cgo && slices.Contains([]string{"CC", "CXX", "FC", "AR", "PKG_CONFIG", "PKG_CONFIG_PATH", "PATH"}, name):
			vars = append(vars, v)
		}
	}
	slices.Sort(vars)
	return vars
}

func hashOf(values ...any) string {
	sum := sha256.New()
	json.NewEncoder(sum).Encode(values)
	return hex.EncodeToString(sum.Sum(nil))
}
