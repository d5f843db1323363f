package exportdata

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"slices"
	"strings"
)

// targets are the platforms that the archives are written for. On any other one
// the sections that are not the same on all of these are missing.
var targets = []string{
	"darwin/amd64", "darwin/arm64", "linux/amd64", "linux/arm64", "windows/amd64", "windows/arm64",
}

// An archive is the packages of one file.
type archive struct {
	toolchain string
	packages  map[string]*entry
}

// An entry is a package of an archive: its types, and the rest.
type entry struct {
	name     string
	hidden   bool // no source can import it, but others refer to its types
	sections [2][]variant
}

// A variant is a section as some of the targets have it.
type variant struct {
	targets int // bit i for targets[i]
	size    int
	packed  []byte
}

// openArchive reads the index of an archive.
func openArchive(data []byte) (*archive, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return nil, fmt.Errorf("exportdata: no archive: it does not begin with %q", strings.TrimSpace(magic))
	}
	a := &archive{packages: make(map[string]*entry)}
	err := guard(func() {
		body := &cursor{rest}
		index := &cursor{unpack(body.take(body.uint()), 0)}
		a.toolchain = index.string()
		for range index.count() {
			path := index.string()
			e := &entry{name: index.string(), hidden: index.bool()}
			for i := range e.sections {
				for range index.count() {
					v := variant{targets: index.uint(), size: index.uint()}
					v.packed = body.take(index.uint())
					e.sections[i] = append(e.sections[i], v)
				}
			}
			a.packages[path] = e
		}
	})
	if err != nil {
		return nil, fmt.Errorf("exportdata: read the index: %w", err)
	}
	return a, nil
}

// Toolchain gives the version of Go whose packages an archive has.
func Toolchain(data []byte) (string, error) {
	a, err := openArchive(data)
	if err != nil {
		return "", err
	}
	return a.toolchain, nil
}

// on reports whether a target has the variant. A platform that is none of the
// targets, -1, has what is the same on all of them.
func (v variant) on(target int) bool {
	return target >= 0 && v.targets&(1<<target) != 0 || v.targets == 1<<len(targets)-1
}

// has reports whether a target has the package.
func (e *entry) has(target int) bool {
	for _, variants := range e.sections {
		if !slices.ContainsFunc(variants, func(v variant) bool { return v.on(target) }) {
			return false
		}
	}
	return true
}

// section gives a section of a package on a target.
func (e *entry) section(i, target int) []byte {
	for _, v := range e.sections[i] {
		if v.on(target) {
			return unpack(v.packed, v.size)
		}
	}
	panic(ErrUnknown)
}

// unpack decompresses; size is what comes out, if it is known.
func unpack(packed []byte, size int) []byte {
	out := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	if _, err := io.Copy(out, flate.NewReader(bytes.NewReader(packed))); err != nil {
		panic(errCorrupt)
	}
	return out.Bytes()
}

func pack(data []byte) []byte {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err) // a buffer takes everything
	}
	return out.Bytes()
}

// guard turns what the decoder panics with into an error.
func guard(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err = r
		default:
			panic(r)
		}
	}()
	f()
	return nil
}
