package exportdata

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"slices"
	"strings"
)

// targets are the platforms that the archives are written for. Any other one is
// given what fallback has.
var targets = []string{
	"darwin/amd64", "darwin/arm64", "linux/amd64", "linux/arm64", "windows/amd64", "windows/arm64",
}

const fallback = "linux/amd64"

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
	packed  string
}

// openArchive reads the index of an archive.
func openArchive(data string) (*archive, error) {
	rest, ok := strings.CutPrefix(data, magic)
	if !ok {
		return nil, fmt.Errorf("exportdata: no archive: it does not begin with %q", strings.TrimSpace(magic))
	}
	a := &archive{packages: make(map[string]*entry)}
	err := guard(func() {
		body := &cursor{rest}
		size := body.uint()
		index := &cursor{new(unpacker).unpack(body.take(body.uint()), size)}
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
func Toolchain(data string) (string, error) {
	a, err := openArchive(data)
	if err != nil {
		return "", err
	}
	return a.toolchain, nil
}

// on reports whether a target has the variant.
func (v variant) on(target int) bool { return v.targets&(1<<target) != 0 }

// has reports whether a target has the package.
func (e *entry) has(target int) bool {
	for _, variants := range e.sections {
		if !slices.ContainsFunc(variants, func(v variant) bool { return v.on(target) }) {
			return false
		}
	}
	return true
}

// section gives a section of a package on a target, packed.
func (e *entry) section(i, target int) variant {
	for _, v := range e.sections[i] {
		if v.on(target) {
			return v
		}
	}
	panic(ErrUnknown)
}

// An unpacker decompresses one piece after the other.
type unpacker struct {
	flate   io.ReadCloser
	scratch []byte
}

// unpack decompresses what gives size bytes.
func (u *unpacker) unpack(packed string, size int) string {
	from := strings.NewReader(packed)
	if u.flate == nil {
		u.flate = flate.NewReader(from)
	} else if err := u.flate.(flate.Resetter).Reset(from, nil); err != nil {
		panic(errCorrupt)
	}
	if size > 1<<26 {
		panic(errCorrupt)
	}
	u.scratch = slices.Grow(u.scratch[:0], size)[:size]
	if _, err := io.ReadFull(u.flate, u.scratch); err != nil {
		panic(errCorrupt)
	}
	return string(u.scratch)
}

func pack(data []byte) string {
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
	return out.String()
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
