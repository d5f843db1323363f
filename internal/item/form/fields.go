package form

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/farside-go/farside/internal/item/fail"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

// A Field is one field of a struct as it travels.
type Field struct {
	GoName   string // for paths
	Name     string // in the map; the decimal digits if KeyAsInt
	intKey   int64
	KeyAsInt bool
	Key      []byte // its key, encoded
	index    []int  // as for reflect's FieldByIndex
	Plan     Lazy
	At       int // its place in the list

	OmitEmpty, OmitZero bool
	tagged              bool // has a name of its own in the tag
}

// Fields are the fields of a struct type that travel, in the order of the source.
type Fields struct {
	List    []*Field
	ByName  map[string]*Field
	ByFold  map[string]*Field // by name in lower case
	ByInt   map[int64]*Field
	ToArray bool
	bad     string         // why the type's tags make no sense
	embeds  []reflect.Type // embedded pointer types, one of which may be a Ref's
}

// fieldsOf finds the fields of t. Embedded structs give theirs to t by Go's rules, except
// the leafs, which are fields by themselves.
func fieldsOf(t reflect.Type, leaf func(reflect.Type) bool) *Fields {
	fs := &Fields{ToArray: wantsArray(t)}
	var found []*Field
	visited := map[reflect.Type]bool{}
	level := []embedded{{typ: t, times: 1}}
	for len(level) > 0 {
		var next []embedded
		for _, em := range level {
			if visited[em.typ] {
				continue
			}
			visited[em.typ] = true
			for i := range em.typ.NumField() {
				f, sub := fs.scan(em, i, leaf)
				if sub != nil {
					next = addEmbedded(next, *sub)
				}
				for n := 0; f != nil && n < min(em.times, 2); n++ {
					found = append(found, f) // twice if ambiguous, so that neither wins
				}
			}
		}
		level = next
	}
	fs.List = dominant(found)
	fs.index()
	return fs
}

// embedded is a struct type found by following embedded fields.
type embedded struct {
	typ   reflect.Type
	index []int
	times int // how often it stands at this depth
}

func addEmbedded(level []embedded, em embedded) []embedded {
	for i := range level {
		if level[i].typ == em.typ {
			level[i].times += em.times
			return level
		}
	}
	return append(level, em)
}

// scan looks at one field: it travels, or it is an embedded struct to look into, or neither.
func (fs *Fields) scan(em embedded, i int, leaf func(reflect.Type) bool) (*Field, *embedded) {
	sf := em.typ.Field(i)
	inner := sf.Type
	if inner.Kind() == reflect.Pointer {
		inner = inner.Elem()
	}
	isStruct := sf.Anonymous && inner.Kind() == reflect.Struct
	tag, ok := sf.Tag.Lookup("cbor")
	if !ok || tag == "" {
		tag = sf.Tag.Get("json")
	}
	if tag == "-" || !sf.IsExported() && !isStruct {
		return nil, nil
	}
	index := append(slices.Clone(em.index), i)
	name, options, _ := strings.Cut(tag, ",")
	if isStruct && name == "" {
		if sf.Type.Kind() == reflect.Pointer {
			fs.embeds = append(fs.embeds, sf.Type)
		}
		if !sf.IsExported() || !leaf(inner) {
			return nil, &embedded{inner, index, em.times}
		}
	}
	if !sf.IsExported() {
		return nil, nil
	}
	f := &Field{GoName: sf.Name, Name: name, index: index, tagged: name != ""}
	f.Plan.Type = sf.Type
	if name == "" {
		f.Name = sf.Name
	}
	fs.option(f, options)
	return f, nil
}

func (fs *Fields) option(f *Field, options string) {
	for option := range strings.SplitSeq(options, ",") {
		switch option {
		case "omitempty":
			f.OmitEmpty = true
		case "omitzero":
			f.OmitZero = true
		case "keyasint":
			n, err := strconv.ParseInt(f.Name, 10, 64)
			if err != nil {
				fs.bad = "the keyasint name " + strconv.Quote(f.Name) + " is no integer"
				return
			}
			f.KeyAsInt, f.intKey, f.Name = true, n, strconv.FormatInt(n, 10)
		}
	}
}

// dominant keeps of the fields of one name the one that Go's rules choose: the least
// deep, of these the only one or the only tagged one, else none.
func dominant(found []*Field) []*Field {
	type key struct {
		name  string
		isInt bool
	}
	groups := map[key][]*Field{}
	for _, f := range found {
		k := key{f.Name, f.KeyAsInt}
		if g := groups[k]; len(g) == 0 || len(g[0].index) == len(f.index) {
			groups[k] = append(g, f) // found by increasing depth
		}
	}
	var list []*Field
	for _, g := range groups {
		tagged := slices.DeleteFunc(slices.Clone(g), func(f *Field) bool { return !f.tagged })
		switch {
		case len(g) == 1:
			list = append(list, g[0])
		case len(tagged) == 1:
			list = append(list, tagged[0])
		}
	}
	slices.SortFunc(list, func(a, b *Field) int { return slices.Compare(a.index, b.index) })
	return list
}

// index prepares for encoding and for finding fields by key.
func (fs *Fields) index() {
	fs.ByName = make(map[string]*Field, len(fs.List))
	fs.ByFold = make(map[string]*Field, len(fs.List))
	fs.ByInt = map[int64]*Field{}
	for i, f := range fs.List {
		f.At = i
		if f.KeyAsInt {
			f.Key = rawcbor.AppendInt(nil, f.intKey)
			fs.ByInt[f.intKey] = f
			continue
		}
		if !utf8.ValidString(f.Name) {
			fs.bad = "the name " + strconv.Quote(f.Name) + " is not valid UTF-8"
		}
		f.Key = rawcbor.AppendString(nil, f.Name)
		fs.ByName[f.Name] = f
		if fold := strings.ToLower(f.Name); fs.ByFold[fold] == nil {
			fs.ByFold[fold] = f
		}
	}
}

func wantsArray(t reflect.Type) bool {
	for i := range t.NumField() {
		if sf := t.Field(i); sf.Name == "_" {
			_, options, _ := strings.Cut(sf.Tag.Get("cbor"), ",")
			for option := range strings.SplitSeq(options, ",") {
				if option == "toarray" {
					return true
				}
			}
		}
	}
	return false
}

// Of is the field in the struct v; there is none in a nil embedded pointer.
func (f *Field) Of(v reflect.Value) (reflect.Value, bool) {
	for i, n := range f.index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return v, false
			}
			v = v.Elem()
		}
		v = v.Field(n)
	}
	return v, true
}

// Make is Of for a v that can be set: it makes the structs that embedded pointers need.
func (f *Field) Make(v reflect.Value) (reflect.Value, *fail.Error) {
	for i, n := range f.index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				if !v.CanSet() {
					return v, fail.Errorf("the embedded pointer to the unexported %s is nil", v.Type().Elem())
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(n)
	}
	return v, nil
}

// Promoted reports whether it is the field of an embedded struct.
func (f *Field) Promoted() bool { return len(f.index) > 1 }
