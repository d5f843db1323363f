package exportdata

import (
	"go/token"
	"go/types"

	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

// typ reads the number of a type and decodes the type if nobody has.
func (p *pkg) typ(c *cursor) types.Type {
	i := c.uint()
	if i < len(format.Predeclared) {
		return format.Predeclared[i]
	}
	i -= len(format.Predeclared)
	if i >= len(p.tables.types) {
		panic(errCorrupt)
	}
	if known := p.tables.types[i].typ; known != nil {
		return known
	}
	typ := p.decode(p.tables.types[i].data, nil)
	p.tables.types[i].typ = typ
	return typ
}

// unshared is typ, but gives an interface that nothing else has: one that a
// declared type stands on has methods with that type for a receiver, and one
// that constrains a type parameter is printed with it.
func (p *pkg) unshared(c *cursor, owner *types.Named) types.Type {
	rest := *c
	if i := c.uint() - len(format.Predeclared); i >= 0 && i < len(p.tables.types) {
		if data := p.tables.types[i].data; data != "" && format.Tag(data[0]) == format.TagInterface {
			return p.decode(data, owner)
		}
	}
	*c = rest
	return p.typ(c)
}

func (p *pkg) decode(data string, owner *types.Named) types.Type {
	c := &cursor{data}
	switch format.Tag(c.byte()) {
	case format.TagNamed:
		return p.reference(c)
	case format.TagTypeParam:
		if i := c.uint(); i < len(p.tables.typeParams) && p.tables.typeParams[i] != nil {
			return p.tables.typeParams[i]
		}
	case format.TagPointer:
		return types.NewPointer(p.typ(c))
	case format.TagSlice:
		return types.NewSlice(p.typ(c))
	case format.TagArray:
		length := c.uvarint()
		return types.NewArray(p.typ(c), int64(length))
	case format.TagMap:
		key := p.typ(c)
		return types.NewMap(key, p.typ(c))
	case format.TagChan:
		dir := types.ChanDir(c.byte())
		return types.NewChan(dir, p.typ(c))
	case format.TagStruct:
		return p.structure(c)
	case format.TagInterface:
		return p.interfaceType(c, owner)
	case format.TagSignature:
		return p.signature(c, nil, nil, nil)
	case format.TagUnion:
		terms := make([]*types.Term, c.count())
		for i := range terms {
			tilde := c.bool()
			terms[i] = types.NewTerm(tilde, p.typ(c))
		}
		return types.NewUnion(terms)
	}
	panic(errCorrupt)
}

// reference reads a reference to a declared type, of this package or another.
func (p *pkg) reference(c *cursor) types.Type {
	from := p.packageRef(c)
	obj := from.object(p.tables.string(c))
	if obj == nil {
		panic(errCorrupt)
	}
	args := make([]types.Type, c.count())
	for i := range args {
		args[i] = p.typ(c)
	}
	if len(args) == 0 {
		return obj.Type()
	}
	return p.instantiate(obj.Type(), args)
}

func (p *pkg) instantiate(generic types.Type, args []types.Type) types.Type {
	inst, err := types.Instantiate(p.reader.context, generic, args, false)
	if err != nil {
		panic(errCorrupt)
	}
	return inst
}

func (p *pkg) packageRef(c *cursor) *pkg {
	i := c.uint()
	if i == 0 {
		return p
	}
	if i > len(p.tables.packages) {
		panic(errCorrupt)
	}
	return p.reader.open(p.tables.packages[i-1])
}

func (p *pkg) structure(c *cursor) types.Type {
	in := p.packageRef(c).types
	fields, tags := make([]*types.Var, c.count()), []string(nil)
	for i := range fields {
		flags, name := c.byte(), p.tables.string(c)
		fields[i] = types.NewField(token.NoPos, in, name, p.typ(c), flags&format.FieldEmbedded != 0)
		if flags&format.FieldTagged != 0 {
			if tags == nil {
				tags = make([]string, len(fields))
			}
			tags[i] = p.tables.string(c)
		}
	}
	return types.NewStruct(fields, tags)
}

func (p *pkg) interfaceType(c *cursor, owner *types.Named) types.Type {
	in, implicit := p.packageRef(c).types, c.bool()
	methods := make([]*types.Func, c.count())
	for i := range methods {
		name := p.tables.string(c)
		var recv *types.Var
		if owner != nil {
			recv = types.NewVar(token.NoPos, in, "", owner)
		}
		methods[i] = types.NewFunc(token.NoPos, in, name, p.signature(c, recv, nil, nil))
	}
	embedded := make([]types.Type, c.count())
	for i := range embedded {
		embedded[i] = p.typ(c)
	}
	iface := types.NewInterfaceType(methods, embedded)
	if implicit {
		iface.MarkImplicit()
	}
	p.reader.interfaces = append(p.reader.interfaces, iface)
	return iface
}

func (p *pkg) signature(c *cursor, recv *types.Var, recvParams, params []*types.TypeParam) *types.Signature {
	variadic := c.bool()
	in := p.tuple(c)
	return types.NewSignatureType(recv, recvParams, params, in, p.tuple(c), variadic)
}

func (p *pkg) tuple(c *cursor) *types.Tuple {
	n := c.count()
	if n == 0 {
		return nil
	}
	vars := make([]*types.Var, n)
	for i := range vars {
		name := p.tables.string(c)
		vars[i] = types.NewParam(token.NoPos, p.types, name, p.typ(c))
	}
	return types.NewTuple(vars...)
}
