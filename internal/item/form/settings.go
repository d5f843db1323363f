package form

import (
	"reflect"
	"sync"

	"github.com/farside-go/farside/internal/item/fail"
)

// Settings are what a codec is set to, for encoding and decoding alike. The zero Settings
// have no limit and no references.
type Settings struct {
	MaxBytes  int   // size limit of one encoded item; 0: no limit
	Refs      []Ref // what travels by reference
	ToFault   func(error) Fault
	FromFault func(Fault) error
}

// A Ref is one kind of value that travels by reference. Its form is Tag with the id as an
// unsigned integer.
type Ref struct {
	Tag     uint64                       // a CBOR tag that nothing else here uses
	Type    reflect.Type                 // concrete pointer type, e.g. *channel.Channel
	ID      func(v any) (uint64, error)  // for encoding: its id, or why it cannot travel
	Resolve func(id uint64) (any, error) // for decoding
}

// Raw is one value already encoded: it is sent verbatim (a nil or empty one as null), and
// received as a copy of its bytes without being decoded.
type Raw []byte

// RefOf is the Ref for values of type t.
func (s *Settings) RefOf(t reflect.Type) *Ref {
	for i := range s.Refs {
		if s.Refs[i].Type == t {
			return &s.Refs[i]
		}
	}
	return nil
}

// RefTag is the Ref whose tag is num.
func (s *Settings) RefTag(num uint64) *Ref {
	for i := range s.Refs {
		if s.Refs[i].Tag == num {
			return &s.Refs[i]
		}
	}
	return nil
}

// FieldsOf gives p's fields as these settings see them.
func (s *Settings) FieldsOf(p *Plan) (*Fields, *fail.Error) {
	fs := p.Fields
	if len(fs.embeds) > 0 && len(s.Refs) > 0 {
		fs = s.fieldsWithRefs(p)
	}
	if fs.bad != "" {
		return nil, fail.Errorf("type %s: %s", p.Type, fs.bad)
	}
	return fs, nil
}

// refFields are the fields of struct types that embed a pointer which is a Ref's in some
// settings. Such a pointer is a field by itself and promotes nothing.
var refFields sync.Map // refFieldsKey -> *Fields

type refFieldsKey struct {
	typ    reflect.Type
	embeds uint64 // a bit for each embedded pointer type that is a Ref's
}

func (s *Settings) fieldsWithRefs(p *Plan) *Fields {
	key := refFieldsKey{typ: p.Type}
	for i, t := range p.Fields.embeds {
		if s.RefOf(t) != nil {
			key.embeds |= 1 << (i % 64)
		}
	}
	if key.embeds == 0 {
		return p.Fields
	}
	if fs, ok := refFields.Load(key); ok {
		return fs.(*Fields)
	}
	leaf := func(t reflect.Type) bool { return isLeaf(t) || s.RefOf(reflect.PointerTo(t)) != nil }
	fs, _ := refFields.LoadOrStore(key, fieldsOf(p.Type, leaf))
	return fs.(*Fields)
}
