package decode

import (
	"reflect"
	"strings"

	"github.com/farside-go/farside/internal/item/fail"
	"github.com/farside-go/farside/internal/item/form"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

func decStruct(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	fs, err := d.s.FieldsOf(p)
	if err != nil {
		return err
	}
	if fs.ToArray {
		return d.structArray(fs, p, v)
	}
	n, err := d.pairs(p.Type)
	if err != nil {
		return err
	}
	entries := entries{d: d, fs: fs}
	for i := range n {
		if err := entries.decode(i, v); err != nil {
			return err
		}
	}
	d.Leave()
	return nil
}

func (d *decoder) structArray(fs *form.Fields, p *form.Plan, v reflect.Value) *fail.Error {
	n, err := d.list(p.Type)
	if err != nil {
		return err
	}
	if n > len(fs.List) {
		return fail.Errorf("an array of %d elements does not fit %s", n, p.Type)
	}
	for _, f := range fs.List[:n] {
		if err := d.field(f, v); err != nil {
			return err.InField(f.GoName)
		}
	}
	d.Leave()
	return nil
}

// field decodes the next value into the field f of the struct v.
func (d *decoder) field(f *form.Field, v reflect.Value) *fail.Error {
	if h := d.Peek(); h.IsNull() && f.Promoted() {
		if _, ok := f.Of(v); !ok {
			d.Pass(h) // what was no field there becomes none here
			return nil
		}
	}
	v, err := f.Make(v)
	if err != nil {
		return err
	}
	return d.value(f.Plan.Get(), v)
}

// entries decodes the pairs of a map into the fields of a struct.
type entries struct {
	d      *decoder
	fs     *form.Fields
	exact  [4]uint64                // fields that came by their exact name, a bit each
	others map[string]struct{}      // keys that are no field's exact name, encoded
	folded map[*form.Field]struct{} // fields that came by a name in another case
}

func (es *entries) decode(i int, v reflect.Value) *fail.Error {
	d, start := es.d, es.d.Pos()
	f, at, err := es.find(i)
	if err != nil {
		return err.In(keyNumber(i))
	}
	wanted, fresh := es.note(f, at, d.Since(start))
	if !fresh {
		return errTwice().In(d.stepAt(start, i))
	}
	if !wanted {
		if err := d.Skip(); err != nil {
			return err.In(d.stepAt(start, i))
		}
		return nil
	}
	if err := d.field(f, v); err != nil {
		return err.InField(f.GoName)
	}
	return nil
}

// find reads the i-th key and gives its field, if any, and where that stands in the list;
// -1 if the name is not exactly the field's.
func (es *entries) find(i int) (*form.Field, int, *fail.Error) {
	d, fs := es.d, es.fs
	switch h := d.Peek(); h.Major {
	case rawcbor.MajorText:
		d.Pass(h)
		b, err := d.Text(h)
		if err != nil {
			return nil, -1, err
		}
		if i < len(fs.List) && !fs.List[i].KeyAsInt && fs.List[i].Name == string(b) {
			return fs.List[i], i, nil // the same struct type on both sides
		}
		if f := fs.ByName[string(b)]; f != nil {
			return f, f.At, nil
		}
		return fs.ByFold[strings.ToLower(string(b))], -1, nil
	case rawcbor.MajorUint, rawcbor.MajorNeg:
		n, _, err := d.IntegerIfNext()
		if key, ok := n.Int64(); ok && fs.ByInt[key] != nil {
			return fs.ByInt[key], fs.ByInt[key].At, err
		}
		return nil, -1, err
	}
	return nil, -1, d.Skip()
}

// note remembers a key and says whether its value is wanted and the key is fresh. A field
// that has come by its exact name does not want the value of a similar one.
func (es *entries) note(f *form.Field, at int, encoded []byte) (wanted, fresh bool) {
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
func (es *entries) wantsFolded(f *form.Field) bool {
	if f.At < 64*len(es.exact) && es.exact[f.At/64]&(1<<(f.At%64)) != 0 {
		return false
	}
	if _, came := es.folded[f]; came {
		return false
	}
	if es.folded == nil {
		es.folded = make(map[*form.Field]struct{})
	}
	es.folded[f] = struct{}{}
	return true
}
