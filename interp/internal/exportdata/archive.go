package exportdata

import (
	"compress/flate"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

// fallback is what any other platform is taken for.
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
	targets int // as in format.Targets
	size    int
	packed  string
}

// openArchive reads the index of an archive.
func openArchive(data string) (*archive, error) {
	rest, ok := strings.CutPrefix(data, format.Magic)
	if !ok {
		return nil, fmt.Errorf("exportdata: no archive: it does not begin with %q", strings.TrimSpace(format.Magic))
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

// Sections gives what an archive has for one target, by import path, unpacked.
func Sections(data, target string) (map[string][2]string, error) {
	a, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	i := slices.Index(format.Targets, target)
	sections := make(map[string][2]string)
	return sections, guard(func() {
		var u unpacker
		for path, e := range a.packages {
			if e.has(i) {
				types, rest := e.section(0, i), e.section(1, i)
				sections[path] = [2]string{u.unpack(types.packed, types.size), u.unpack(rest.packed, rest.size)}
			}
		}
	})
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
