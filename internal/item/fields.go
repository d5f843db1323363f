package item

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// field is one field of a struct as it travels.
type field struct {
	goName   string // for paths
	name     string // in the map; the decimal digits if keyAsInt
	intKey   int64
	keyAsInt bool
	key      []byte // its key, encoded
	index    []int  // as for reflect's FieldByIndex
	plan     lazyPlan
	at       int // its place in the list

	omitEmpty, omitZero bool
	tagged              bool // has a name of its own in the tag
}

// fields are the fields of a struct type that travel, in the order of the source.
type fields struct {
	list    []*field
	byName  map[string]*field
	byFold  map[string]*field // by name in lower case
	byInt   map[int64]*field
	toArray bool
	bad     string         // why the type's tags make no sense
	embeds  []reflect.Type // embedded pointer types, one of which may be a Ref's
}

// fieldsOf finds the fields of t. Embedded structs give theirs to t by Go's rules, except
// the leafs, which are fields by themselves.
func fieldsOf(t reflect.Type, leaf func(reflect.Type) bool) *fields {
	fs := &fields{toArray: wantsArray(t)}
	var found []*field
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
	fs.list = dominant(found)
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
func (fs *fields) scan(em embedded, i int, leaf func(reflect.Type) bool) (*field, *embedded) {
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
	f := &field{goName: sf.Name, name: name, index: index, tagged: name != ""}
	f.plan.typ = sf.Type
	if name == "" {
		f.name = sf.Name
	}
	fs.option(f, options)
	return f, nil
}

func (fs *fields) option(f *field, options string) {
	for option := range strings.SplitSeq(options, ",") {
		switch option {
		case "omitempty":
			f.omitEmpty = true
		case "omitzero":
			f.omitZero = true
		case "keyasint":
			n, err := strconv.ParseInt(f.name, 10, 64)
			if err != nil {
				fs.bad = "the keyasint name " + strconv.Quote(f.name) + " is no integer"
				return
			}
			f.keyAsInt, f.intKey, f.name = true, n, strconv.FormatInt(n, 10)
		}
	}
}

// dominant keeps of the fields of one name the one that Go's rules choose: the least
// deep, of these the only one or the only tagged one, else none.
func dominant(found []*field) []*field {
	type key struct {
		name  string
		isInt bool
	}
	groups := map[key][]*field{}
	for _, f := range found {
		k := key{f.name, f.keyAsInt}
		if g := groups[k]; len(g) == 0 || len(g[0].index) == len(f.index) {
			groups[k] = append(g, f) // found by increasing depth
		}
	}
	var list []*field
	for _, g := range groups {
		tagged := slices.DeleteFunc(slices.Clone(g), func(f *field) bool { return !f.tagged })
		switch {
		case len(g) == 1:
			list = append(list, g[0])
		case len(tagged) == 1:
			list = append(list, tagged[0])
		}
	}
	slices.SortFunc(list, func(a, b *field) int { return slices.Compare(a.index, b.index) })
	return list
}

// index prepares for encoding and for finding fields by key.
func (fs *fields) index() {
	fs.byName = make(map[string]*field, len(fs.list))
	fs.byFold = make(map[string]*field, len(fs.list))
	fs.byInt = map[int64]*field{}
	for i, f := range fs.list {
		f.at = i
		if f.keyAsInt {
			f.key = appendInt(nil, f.intKey)
			fs.byInt[f.intKey] = f
			continue
		}
		if !utf8.ValidString(f.name) {
			fs.bad = "the name " + strconv.Quote(f.name) + " is not valid UTF-8"
		}
		f.key = appendString(nil, f.name)
		fs.byName[f.name] = f
		if fold := strings.ToLower(f.name); fs.byFold[fold] == nil {
			fs.byFold[fold] = f
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
