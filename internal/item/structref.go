package item

import (
	"reflect"
	"sync"
)

// refFields are the fields of struct types that embed a pointer which is some Codec's
// Ref. Such a pointer is a field by itself and promotes nothing.
var refFields sync.Map // refFieldsKey -> *fields

type refFieldsKey struct {
	typ    reflect.Type
	embeds uint64 // a bit for each embedded pointer type that is a Ref's
}

// fields gives p's fields as c sees them.
func (c *Codec) fields(p *plan) (*fields, *Error) {
	fs := p.fields
	if len(fs.embeds) > 0 && len(c.Refs) > 0 {
		fs = c.fieldsWithRefs(p)
	}
	if fs.bad != "" {
		return nil, errorf("type %s: %s", p.typ, fs.bad)
	}
	return fs, nil
}

func (c *Codec) fieldsWithRefs(p *plan) *fields {
	key := refFieldsKey{typ: p.typ}
	for i, t := range p.fields.embeds {
		if c.ref(t) != nil {
			key.embeds |= 1 << (i % 64)
		}
	}
	if key.embeds == 0 {
		return p.fields
	}
	if fs, ok := refFields.Load(key); ok {
		return fs.(*fields)
	}
	leaf := func(t reflect.Type) bool { return isLeaf(t) || c.ref(reflect.PointerTo(t)) != nil }
	fs, _ := refFields.LoadOrStore(key, fieldsOf(p.typ, leaf))
	return fs.(*fields)
}
