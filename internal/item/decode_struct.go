package item

import (
	"reflect"
	"strings"
)

func decStruct(d *decoder, p *plan, v reflect.Value) *Error {
	fs, err := d.c.fields(p)
	if err != nil {
		return err
	}
	if fs.toArray {
		return d.structArray(fs, p, v)
	}
	n, err := d.pairs(p.typ)
	if err != nil {
		return err
	}
	entries := entries{d: d, fs: fs}
	for i := range n {
		if err := entries.decode(i, v); err != nil {
			return err
		}
	}
	d.leave()
	return nil
}

func (d *decoder) structArray(fs *fields, p *plan, v reflect.Value) *Error {
	n, err := d.list(p.typ)
	if err != nil {
		return err
	}
	if n > len(fs.list) {
		return errorf("an array of %d elements does not fit %s", n, p.typ)
	}
	for _, f := range fs.list[:n] {
		if err := d.field(f, v); err != nil {
			return err.inField(f.goName)
		}
	}
	d.leave()
	return nil
}

// field decodes the next value into the field f of the struct v.
func (d *decoder) field(f *field, v reflect.Value) *Error {
	if h := d.peek(); h.isNull() && len(f.index) > 1 {
		if _, ok := f.of(v); !ok {
			d.pos += h.size // what was no field there becomes none here
			return nil
		}
	}
	for i, n := range f.index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				if !v.CanSet() {
					return errorf("the embedded pointer to the unexported %s is nil", v.Type().Elem())
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(n)
	}
	return d.value(f.plan.get(), v)
}

// entries decodes the pairs of a map into the fields of a struct.
type entries struct {
	d      *decoder
	fs     *fields
	exact  [4]uint64           // fields that came by their exact name, a bit each
	others map[string]struct{} // keys that are no field's exact name, encoded
	folded map[*field]struct{} // fields that came by a name in another case
}

func (es *entries) decode(i int, v reflect.Value) *Error {
	d, start := es.d, es.d.pos
	f, at, err := es.find(i)
	if err != nil {
		return err.in(keyNumber(i))
	}
	wanted, fresh := es.note(f, at, d.data[start:d.pos])
	if !fresh {
		return errTwice().in(d.stepAt(start, i))
	}
	if !wanted {
		if err := d.skip(); err != nil {
			return err.in(d.stepAt(start, i))
		}
		return nil
	}
	if err := d.field(f, v); err != nil {
		return err.inField(f.goName)
	}
	return nil
}

// find reads the i-th key and gives its field, if any, and where that stands in the list;
// -1 if the name is not exactly the field's.
func (es *entries) find(i int) (*field, int, *Error) {
	d, fs := es.d, es.fs
	switch h := d.peek(); h.major {
	case majorText:
		d.pos += h.size
		b, err := d.text(h)
		if err != nil {
			return nil, -1, err
		}
		if i < len(fs.list) && !fs.list[i].keyAsInt && fs.list[i].name == string(b) {
			return fs.list[i], i, nil // the same struct type on both sides
		}
		if f := fs.byName[string(b)]; f != nil {
			return f, f.at, nil
		}
		return fs.byFold[strings.ToLower(string(b))], -1, nil
	case majorUint, majorNeg:
		n, _, err := d.integer()
		if key, ok := n.int64(); ok && fs.byInt[key] != nil {
			return fs.byInt[key], fs.byInt[key].at, err
		}
		return nil, -1, err
	}
	return nil, -1, d.skip()
}

// note remembers a key and says whether its value is wanted and the key is fresh. A field
// that has come by its exact name does not want the value of a similar one.
func (es *entries) note(f *field, at int, encoded []byte) (wanted, fresh bool) {
	if at >= 0 && at < 64*len(es.exact) {
		bit := uint64(1) << (at % 64)
		fresh = es.exact[at/64]&bit == 0
		es.exact[at/64] |= bit
		return true, fresh
	}
	if es.others == nil {
		es.others = make(map[string]struct{})
	}
	if _, twice := es.others[string(encoded)]; twice {
		return false, false
	}
	es.others[string(encoded)] = struct{}{}
	if f == nil || at >= 0 {
		return f != nil, true
	}
	return es.wantsFolded(f), true
}

// wantsFolded lets the first of several similar names win.
func (es *entries) wantsFolded(f *field) bool {
	if f.at < 64*len(es.exact) && es.exact[f.at/64]&(1<<(f.at%64)) != 0 {
		return false
	}
	if _, came := es.folded[f]; came {
		return false
	}
	if es.folded == nil {
		es.folded = make(map[*field]struct{})
	}
	es.folded[f] = struct{}{}
	return true
}
