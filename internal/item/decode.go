package item

import (
	"fmt"
	"reflect"
	"unicode/utf8"
)

// decoder is one Decode at work. Bytes that are not well formed are refused before it
// starts; still it believes no length.
type decoder struct {
	c     *Codec
	data  []byte
	pos   int
	depth int // arrays and maps around the present value
}

// value decodes the next value into v, which can be set and whose type is p's.
func (d *decoder) value(p *plan, v reflect.Value) *Error {
	if !p.keepsNull && d.pos < len(d.data) && (d.data[d.pos] == byteNull || d.data[d.pos] == byteUndefined) {
		d.pos++
		v.SetZero()
		return nil
	}
	return p.dec(d, p, v)
}

// peek is the next value's head; a zero size says that there is none.
func (d *decoder) peek() head {
	h, ok := readHead(d.data[d.pos:])
	if !ok {
		return head{major: majorSimple}
	}
	return h
}

// head reads the next value's head.
func (d *decoder) head() (head, *Error) {
	h, ok := readHead(d.data[d.pos:])
	if !ok {
		return head{}, errMalformed()
	}
	d.pos += h.size
	return h, nil
}

func errMalformed() *Error { return errorf("malformed") }

func (d *decoder) nextIsTag(num uint64) bool {
	h := d.peek()
	return h.major == majorTag && h.arg == num
}

// take is the next n bytes, which belong to the data.
func (d *decoder) take(n uint64) ([]byte, *Error) {
	if n > uint64(len(d.data)-d.pos) {
		return nil, errMalformed()
	}
	end := d.pos + int(n)
	b := d.data[d.pos:end:end]
	d.pos = end
	return b, nil
}

func (d *decoder) text(h head) ([]byte, *Error) {
	b, err := d.take(h.arg)
	if err == nil && !utf8.Valid(b) {
		err = errorf("a text that is not valid UTF-8")
	}
	return b, err
}

// enter goes into an array or map and gives its length, which each element backs with a
// byte at least.
func (d *decoder) enter(h head) (int, *Error) {
	least := uint64(1)
	if h.major == majorMap {
		least = 2
	}
	if h.arg > uint64(len(d.data)-d.pos)/least {
		return 0, errMalformed()
	}
	if d.depth++; d.depth > MaxDepth {
		return 0, errTooDeep()
	}
	return int(h.arg), nil
}

func (d *decoder) leave() { d.depth-- }

// skip passes over the next value.
func (d *decoder) skip() *Error {
	h, err := d.head()
	if err != nil {
		return err
	}
	switch h.major {
	case majorBytes, majorText:
		_, err = d.take(h.arg)
		return err
	case majorTag:
		return d.skipTagged()
	case majorArray, majorMap:
		n, err := d.enter(h)
		for ; n > 0 && err == nil; n-- {
			if h.major == majorMap {
				err = d.skip()
			}
			if err == nil {
				err = d.skip()
			}
		}
		d.leave()
		return err
	}
	return nil
}

// skipTagged passes over what a tag is for. A tag on a tag counts as a level, as it does
// when the bytes are judged as a whole.
func (d *decoder) skipTagged() *Error {
	depth := d.depth
	for h := d.peek(); h.major == majorTag; h = d.peek() {
		d.pos += h.size
		d.depth++
	}
	if d.depth > MaxDepth {
		return errTooDeep()
	}
	err := d.skip()
	d.depth = depth
	return err
}

// mismatch says that the next value cannot become a t.
func (d *decoder) mismatch(t reflect.Type) *Error {
	h := d.peek()
	if h.size == 0 {
		return errMalformed()
	}
	if h.major == majorTag && !d.knowsTag(h.arg) {
		return errUnknownTag(h.arg)
	}
	return errorf("%s cannot become %s", d.came(h), withArticle(t))
}

// came names what the head begins.
func (d *decoder) came(h head) string {
	switch h.major {
	case majorUint, majorNeg:
		return "an integer"
	case majorBytes:
		return "a byte string"
	case majorText:
		return "a string"
	case majorArray:
		return "an array"
	case majorMap:
		return "a map"
	case majorTag:
		return d.cameTag(h.arg)
	}
	switch {
	case h.isFloat():
		return "a float"
	case h.isNull():
		return "null"
	case h.arg == byteTrue&31, h.arg == byteFalse&31:
		return "a bool"
	}
	return fmt.Sprintf("the unknown simple value %d", h.arg)
}

func (d *decoder) cameTag(num uint64) string {
	switch num {
	case tagTime:
		return "a time"
	case tagPosBig, tagNegBig:
		return "an integer"
	case TagDuration:
		return "a duration"
	case TagError:
		return "an error"
	case TagBadText:
		return "a string"
	}
	if ref := d.c.refTag(num); ref != nil {
		return withArticle(ref.Type)
	}
	return fmt.Sprintf("the unknown tag %d", num)
}

func (d *decoder) knowsTag(num uint64) bool {
	switch num {
	case tagTime, tagPosBig, tagNegBig, TagDuration, TagError, TagBadText:
		return true
	}
	return d.c.refTag(num) != nil
}

func errUnknownTag(num uint64) *Error { return errorf("unknown tag %d", num) }
