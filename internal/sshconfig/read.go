package sshconfig

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/farside-go/farside/internal/sshpattern"
)

// A Query says for which destination the configuration is read.
type Query struct {
	Alias string // the host as the user named it
	User  string // as the user named it; empty leaves it to the configuration
	Port  int    // the same; 0

	// Path is the one file to read, "none" for none at all. Empty reads the user's
	// own and then the system's, which may be missing.
	Path string

	Home      string // for ~ and %d
	LocalUser string // the default of User, and %u
	Getenv    func(string) string
}

const (
	maxFile  = 1 << 20
	maxDepth = 16  // as ssh has it
	maxFiles = 512 // files that include each other twice would be 2^maxDepth
)

// systemFolder holds the system's configuration.
const systemFolder = "/etc/ssh"

// Read gives what the configuration holds for a destination.
func Read(query *Query) (*Host, error) {
	r := &reader{query: query, values: map[string]value{}, noted: map[Note]bool{}}
	if err := r.all(); err != nil {
		return nil, err
	}
	if r.wantFinal {
		r.final, r.finalName = true, r.hostName()
		if err := r.all(); err != nil {
			return nil, err
		}
	}
	return r.decode()
}

// A reader collects what holds for one destination.
type reader struct {
	query *Query

	values  map[string]value
	lists   [2][]value // of identity and certificate files: all of them count
	notes   []Note
	noted   map[Note]bool
	unknown []string // patterns of IgnoreUnknown

	final     bool // the files are being read again
	finalName string
	wantFinal bool
	files     int
}

// A value is what the first line that holds gave for a keyword.
type value struct {
	args  []string
	where string
}

// all reads every file there is.
func (r *reader) all() error {
	r.files = 0
	own := filepath.Join(r.query.Home, ".ssh")
	switch path := r.query.Path; {
	case path == "none":
		return nil
	case path != "":
		return r.file(path, scope{folder: own, active: true})
	}
	for _, source := range []struct {
		path  string
		scope scope
	}{
		{filepath.Join(own, "config"), scope{folder: own, active: true, private: true}},
		{filepath.Join(systemFolder, "ssh_config"), scope{folder: systemFolder, active: true}},
	} {
		err := r.file(source.path, source.scope)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// A scope is what a file takes over from where it is included.
type scope struct {
	folder  string // of relative names in Include
	active  bool   // lines before the first Host or Match count
	never   bool   // no Host or Match in it does either
	private bool   // nobody else may have written it
	depth   int
}

func (r *reader) file(path string, in scope) error {
	if in.depth > maxDepth {
		return fmt.Errorf("%s: files are included %d deep: does one include itself?", path, maxDepth)
	}
	if r.files++; r.files > maxFiles {
		return fmt.Errorf("%s: more than %d files are included: do they include each other?", path, maxFiles)
	}
	text, err := readFile(path, in.private)
	if err != nil {
		return err
	}
	number := 0
	for line := range strings.Lines(text) {
		number++
		where := fmt.Sprintf("%s:%d", path, number)
		d, err := parseLine(line)
		if err == nil && d != nil {
			d.where = where
			err = r.directive(d, &in)
		}
		if err != nil {
			return atLine(where, err)
		}
	}
	return nil
}

// atLine says where, once: an included file's error has its place already.
func atLine(where string, err error) error {
	if placed := (*placedError)(nil); errors.As(err, &placed) {
		return err
	}
	return &placedError{where, err}
}

type placedError struct {
	where string
	err   error
}

func (e *placedError) Error() string { return e.where + ": " + e.err.Error() }
func (e *placedError) Unwrap() error { return e.err }

func readFile(path string, private bool) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("configuration: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", fmt.Errorf("configuration: %w", err)
	}
	if private && !trusted(info) {
		return "", fmt.Errorf("%s can be written by others (%v), who could run commands as you through it: chmod 600 it", path, info.Mode())
	}
	text, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return "", fmt.Errorf("configuration: %w", err)
	}
	if len(text) > maxFile {
		return "", fmt.Errorf("%s has more than %d bytes: it cannot be a configuration", path, maxFile)
	}
	return string(text), nil
}

func (r *reader) directive(d *directive, in *scope) (err error) {
	switch d.keyword {
	case "host":
		in.active = !in.never && sshpattern.Match(r.target(), d.args)
	case "match":
		if in.active, err = r.match(d); err == nil {
			in.active = in.active && !in.never
		}
	case "include":
		return r.include(d, *in)
	default:
		if in.active {
			r.set(d)
		}
	}
	return err
}

// target is what Host lines are compared with.
func (r *reader) target() string {
	if r.final {
		return r.finalName
	}
	return r.query.Alias
}

// include reads what the names stand for. What does not exist is passed over, and
// what a Host line in there begins ends with the file.
func (r *reader) include(d *directive, in scope) error {
	in.never = in.never || !in.active
	in.depth++
	for _, name := range d.args {
		name, err := r.expandTilde(os.Expand(name, r.query.Getenv))
		if err != nil {
			return err
		}
		if !filepath.IsAbs(name) {
			name = filepath.Join(in.folder, name)
		}
		paths, err := filepath.Glob(name)
		if err != nil {
			return fmt.Errorf("Include %s: %w", name, err)
		}
		for _, path := range paths {
			if err := r.file(path, in); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}
