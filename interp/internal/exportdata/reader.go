package exportdata

import (
	"errors"
	"fmt"
	"go/types"
	"slices"
	"sync"

	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

// ErrUnknown is matched by the error for a package that no archive has.
var ErrUnknown = errors.New("not in the archives")

// A Reader gives the packages of some archives, each read once and kept. Its
// methods may be called from several goroutines at once.
type Reader struct {
	archives func() ([]*archive, error)
	target   int

	mu         sync.Mutex
	packages   map[string]*pkg
	context    *types.Context
	unpacker   unpacker
	interfaces []*types.Interface // decoded, and not complete
	err        error              // the first of decoding; it stays
}

// A pkg is a package of which at least one object was asked for. Until all is
// read, types is not complete and its scope grows.
type pkg struct {
	reader *Reader
	entry  *entry
	types  *types.Package
	tables tables
}

// NewReader gives a reader of archives, as a platform such as linux/amd64 has
// them; one that they were not written for is taken for that.
// Of two packages with one path, that of the earlier archive is used. Nothing is
// read before it is asked for.
func NewReader(target string, archives ...string) *Reader {
	if !slices.Contains(format.Targets, target) {
		target = fallback
	}
	r := &Reader{
		target:   slices.Index(format.Targets, target),
		packages: make(map[string]*pkg),
		context:  types.NewContext(),
	}
	r.archives = sync.OnceValues(func() ([]*archive, error) {
		list := make([]*archive, len(archives))
		for i, data := range archives {
			a, err := openArchive(data)
			if err != nil {
				return nil, err
			}
			list[i] = a
		}
		return list, nil
	})
	return r
}

// Has reports whether a source can import path.
func (r *Reader) Has(path string) bool {
	e, err := r.find(path)
	return err == nil && !e.hidden && e.has(r.target)
}

// Names gives the name of each package that a source can import, by path.
func (r *Reader) Names() map[string]string {
	names := make(map[string]string)
	archives, _ := r.archives() // Import says what is wrong with them
	for _, a := range slices.Backward(archives) {
		for path, e := range a.packages {
			if r.Has(path) {
				names[path] = e.name
			}
		}
	}
	return names
}

func (r *Reader) find(path string) (*entry, error) {
	archives, err := r.archives()
	if err != nil {
		return nil, err
	}
	for _, a := range archives {
		if e := a.packages[path]; e != nil {
			return e, nil
		}
	}
	return nil, fmt.Errorf("exportdata: package %s: %w", path, ErrUnknown)
}

// Import gives a package, complete.
func (r *Reader) Import(path string) (*types.Package, error) {
	e, err := r.find(path)
	if err != nil {
		return nil, err
	}
	if e.hidden || !e.has(r.target) {
		return nil, fmt.Errorf("exportdata: package %s: %w", path, ErrUnknown)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return nil, r.err
	}
	var p *pkg
	err = guard(func() {
		p = r.open(path)
		p.readAll()
	})
	if err != nil {
		r.err = fmt.Errorf("exportdata: read package %s: %w", path, err)
		return nil, r.err
	}
	return p.types, nil
}

// open gives a package of which its types can be asked for.
func (r *Reader) open(path string) *pkg {
	if p := r.packages[path]; p != nil {
		return p
	}
	e, err := r.find(path)
	if err != nil {
		panic(err)
	}
	p := &pkg{reader: r, entry: e, types: types.NewPackage(path, e.name)}
	p.read(0)
	r.packages[path] = p
	return p
}

// read takes in a section.
func (p *pkg) read(i int) {
	v := p.entry.section(i, p.reader.target)
	p.tables.add(p.reader.unpacker.unpack(v.packed, v.size))
}

// readAll makes a package complete. What it refers to in other packages is
// complete as well, as far as a type goes; the packages themselves need not be.
func (p *pkg) readAll() {
	if p.types.Complete() {
		return
	}
	p.read(1)
	for _, decls := range p.tables.sections {
		for _, name := range decls.names {
			p.object(name)
		}
	}
	// A type set is computed when it is first asked for, which would be a race
	// between two sources that are checked at once.
	for _, iface := range p.reader.interfaces {
		iface.Complete()
	}
	p.reader.interfaces = nil
	p.types.MarkComplete()
}
