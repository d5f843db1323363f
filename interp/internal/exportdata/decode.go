package exportdata

import (
	"encoding/binary"
	"errors"
	"go/types"
)

var errCorrupt = errors.New("the data is not what was written")

// A cursor reads what a buffer wrote. It panics with errCorrupt beyond the end.
type cursor struct{ data []byte }

func (c *cursor) uint() int {
	n, size := binary.Uvarint(c.data)
	if size <= 0 || n > 1<<40 {
		panic(errCorrupt)
	}
	c.data = c.data[size:]
	return int(n)
}

func (c *cursor) int() int64 {
	n, size := binary.Varint(c.data)
	if size <= 0 {
		panic(errCorrupt)
	}
	c.data = c.data[size:]
	return n
}

func (c *cursor) take(n int) []byte {
	if n < 0 || n > len(c.data) {
		panic(errCorrupt)
	}
	taken := c.data[:n:n]
	c.data = c.data[n:]
	return taken
}

func (c *cursor) byte() byte     { return c.take(1)[0] }
func (c *cursor) bool() bool     { return c.byte() != 0 }
func (c *cursor) string() string { return string(c.take(c.uint())) }

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
	decls      map[string][]byte // of all sections read so far
}

// A typeEntry is a type, nil until it is asked for, and how it is written.
type typeEntry struct {
	typ  types.Type
	data []byte
}

// add takes in a section and gives the names that it declares, sorted.
func (t *tables) add(data []byte) []string {
	c := &cursor{data}
	for range c.count() {
		t.strings = append(t.strings, c.string())
	}
	for range c.count() {
		t.packages = append(t.packages, c.string())
	}
	t.typeParams = append(t.typeParams, make([]*types.TypeParam, c.count())...)
	lengths := make([]int, c.count())
	for i := range lengths {
		lengths[i] = c.uint()
	}
	names := make([]string, c.count())
	sizes := make([]int, len(names))
	for i := range names {
		names[i] = t.string(c)
		sizes[i] = c.uint()
	}
	for _, length := range lengths {
		t.types = append(t.types, typeEntry{data: c.take(length)})
	}
	if t.decls == nil {
		t.decls = make(map[string][]byte, len(names))
	}
	for i, name := range names {
		t.decls[name] = c.take(sizes[i])
	}
	return names
}

func (t *tables) string(c *cursor) string {
	i := c.uint()
	if i >= len(t.strings) {
		panic(errCorrupt)
	}
	return t.strings[i]
}
