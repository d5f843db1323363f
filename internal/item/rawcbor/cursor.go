package rawcbor

import (
	"unicode/utf8"

	"github.com/farside-go/farside/internal/item/fail"
)

// A Cursor reads the values of an item one after the other. Bytes that are not well formed
// are refused before it starts; still it believes no length.
type Cursor struct {
	data  []byte
	pos   int
	depth int // arrays and maps around the present value
}

// NewCursor gives one at the start of data, below depth arrays and maps.
func NewCursor(data []byte, depth int) Cursor { return Cursor{data: data, depth: depth} }

// Pos is how many bytes have been read.
func (c *Cursor) Pos() int { return c.pos }

// Since gives what was read from pos on.
func (c *Cursor) Since(pos int) []byte { return c.data[pos:c.pos:c.pos] }

// Back makes what was read from pos on the next again.
func (c *Cursor) Back(pos int) { c.pos = pos }

// At gives a cursor of its own that begins with the value at pos.
func (c *Cursor) At(pos int) Cursor { return Cursor{data: c.data, pos: pos} }

// Pass passes over a head that was peeked.
func (c *Cursor) Pass(h Head) { c.pos += h.Size }

// PassNull passes over the next value if it is null.
func (c *Cursor) PassNull() bool {
	if c.pos < len(c.data) && (c.data[c.pos] == ByteNull || c.data[c.pos] == ByteUndefined) {
		c.pos++
		return true
	}
	return false
}

// Peek is the next value's head; a zero size says that there is none.
func (c *Cursor) Peek() Head {
	h, ok := ReadHead(c.data[c.pos:])
	if !ok {
		return Head{Major: MajorSimple}
	}
	return h
}

// Head reads the next value's head.
func (c *Cursor) Head() (Head, *fail.Error) {
	h, ok := ReadHead(c.data[c.pos:])
	if !ok {
		return Head{}, Malformed()
	}
	c.Pass(h)
	return h, nil
}

// Malformed is for what is no CBOR, found while reading it.
func Malformed() *fail.Error { return fail.Errorf("malformed") }

// NextIsTag reports whether the next value is one with the tag num.
func (c *Cursor) NextIsTag(num uint64) bool {
	h := c.Peek()
	return h.Major == MajorTag && h.Arg == num
}

// Take gives the next n bytes, which belong to the data.
func (c *Cursor) Take(n uint64) ([]byte, *fail.Error) {
	if n > uint64(len(c.data)-c.pos) {
		return nil, Malformed()
	}
	end := c.pos + int(n)
	b := c.data[c.pos:end:end]
	c.pos = end
	return b, nil
}

// Text is the bytes of the text whose head is h.
func (c *Cursor) Text(h Head) ([]byte, *fail.Error) {
	b, err := c.Take(h.Arg)
	if err == nil && !utf8.Valid(b) {
		err = fail.Errorf("a text that is not valid UTF-8")
	}
	return b, err
}

// Enter goes into an array or map and gives its length, which each element backs with a
// byte at least.
func (c *Cursor) Enter(h Head) (int, *fail.Error) {
	least := uint64(1)
	if h.Major == MajorMap {
		least = 2
	}
	if h.Arg > uint64(len(c.data)-c.pos)/least {
		return 0, Malformed()
	}
	if c.depth++; c.depth > MaxDepth {
		return 0, TooDeep()
	}
	return int(h.Arg), nil
}

// Leave comes back out of what Enter went into.
func (c *Cursor) Leave() { c.depth-- }

// Skip passes over the next value.
func (c *Cursor) Skip() *fail.Error {
	h, err := c.Head()
	if err != nil {
		return err
	}
	switch h.Major {
	case MajorBytes, MajorText:
		_, err = c.Take(h.Arg)
		return err
	case MajorTag:
		return c.skipTagged()
	case MajorArray, MajorMap:
		n, err := c.Enter(h)
		for ; n > 0 && err == nil; n-- {
			if h.Major == MajorMap {
				err = c.Skip()
			}
			if err == nil {
				err = c.Skip()
			}
		}
		c.Leave()
		return err
	}
	return nil
}

// skipTagged passes over what a tag is for. A tag on a tag counts as a level, as it does
// when the bytes are judged as a whole.
func (c *Cursor) skipTagged() *fail.Error {
	depth := c.depth
	for h := c.Peek(); h.Major == MajorTag; h = c.Peek() {
		c.Pass(h)
		c.depth++
	}
	if c.depth > MaxDepth {
		return TooDeep()
	}
	err := c.Skip()
	c.depth = depth
	return err
}

// Raw gives the bytes of the next value.
func (c *Cursor) Raw() ([]byte, *fail.Error) {
	start := c.pos
	err := c.Skip()
	return c.data[start:c.pos:c.pos], err
}

// StringIfNext reads the next value if it is a string, of either form.
func (c *Cursor) StringIfNext() (string, bool, *fail.Error) {
	h := c.Peek()
	switch {
	case h.Major == MajorText:
		c.Pass(h)
		b, err := c.Text(h)
		return string(b), true, err
	case h.Major == MajorTag && h.Arg == TagBadText:
		c.Pass(h)
		s, err := c.BadTextBody()
		return s, true, err
	}
	return "", false, nil
}

// BadTextBody reads the bytes after TagBadText.
func (c *Cursor) BadTextBody() (string, *fail.Error) {
	h, err := c.Head()
	if err != nil {
		return "", err
	}
	if h.Major != MajorBytes {
		return "", fail.Errorf("a string without its bytes")
	}
	b, err := c.Take(h.Arg)
	return string(b), err
}
