package exportdata

import (
	"errors"
	"go/types"
	"slices"
)

var errCorrupt = errors.New("the data is not what was written")

// A cursor reads what a buffer wrote, without copying it. It panics with
// errCorrupt beyond the end.
type cursor struct{ data string }

func (c *cursor) uvarint() (n uint64) {
	for i := 0; i < len(c.data) && i < 9; i++ {
		b := c.data[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			c.data = c.data[i+1:]
			return n
		}
	}
	panic(errCorrupt)
}

func (c *cursor) uint() int {
	n := c.uvarint()
	if n > 1<<40 {
		panic(errCorrupt)
	}
	return int(n)
}

func (c *cursor) take(n int) string {
	if n < 0 || n > len(c.data) {
		panic(errCorrupt)
	}
	taken := c.data[:n]
	c.data = c.data[n:]
	return taken
}

func (c *cursor) byte() byte     { return c.take(1)[0] }
func (c *cursor) bool() bool     { return c.byte() != 0 }
func (c *cursor) string() string { return c.take(c.uint()) }

// count reads the length of a list, each element of which takes a byte or more.
func (c *cursor) count() int {
	n := c.uint()
	if n > len(c.data) {
		panic(errCorrupt)
	}
	return n
}

// tables are what the sections of one package have in common.
type tables struct {
	strings    []string
	packages   []string
	types      []typeEntry
	typeParams []*types.TypeParam
	sections   []declarations
}

// A typeEntry is a type, nil until it is asked for, and how it is written.
type typeEntry struct {
	typ  types.Type
	data string
}

// declarations are those of one section, by sorted names.
type declarations struct{ names, data []string }

// add takes in a section.
func (t *tables) add(data string) {
	c := &cursor{data}
	t.strings = c.strings(t.strings)
	t.packages = c.strings(t.packages)
	t.typeParams = append(t.typeParams, make([]*types.TypeParam, c.count())...)
	lengths := make([]int, c.count())
	for i := range lengths {
		lengths[i] = c.uint()
	}
	decls := declarations{names: make([]string, c.count())}
	decls.data = make([]string, len(decls.names))
	sizes := make([]int, len(decls.names))
	for i := range sizes {
		decls.names[i] = t.string(c)
		sizes[i] = c.uint()
	}
	t.types = slices.Grow(t.types, len(lengths))
	for _, length := range lengths {
		t.types = append(t.types, typeEntry{data: c.take(length)})
	}
	for i, size := range sizes {
		decls.data[i] = c.take(size)
	}
	t.sections = append(t.sections, decls)
}

// strings adds a list of strings to one.
func (c *cursor) strings(list []string) []string {
	n := c.count()
	list = slices.Grow(list, n)
	for range n {
		list = append(list, c.string())
	}
	return list
}

// decl gives the declaration of a name.
func (t *tables) decl(name string) (data string, ok bool) {
	for _, decls := range t.sections {
		if i, ok := slices.BinarySearch(decls.names, name); ok {
			return decls.data[i], true
		}
	}
	return "", false
}

func (t *tables) string(c *cursor) string {
	i := c.uint()
	if i >= len(t.strings) {
		panic(errCorrupt)
	}
	return t.strings[i]
}
