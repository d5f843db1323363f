package exportdata

import (
	"go/token"
	"go/types"

	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

// object gives what a name stands for, nil if the sections read so far do not
// declare it. A type enters the package's scope before it is decoded, since it
// may refer to itself.
func (p *pkg) object(name string) types.Object {
	if obj := p.types.Scope().Lookup(name); obj != nil {
		return obj
	}
	data, ok := p.tables.decl(name)
	if !ok {
		return nil
	}
	c := &cursor{data}
	switch kind := format.DeclKind(c.byte()); kind {
	case format.DeclNamed:
		return p.named(name, c)
	case format.DeclAlias:
		return p.alias(name, c)
	case format.DeclConst:
		typ := p.typ(c)
		return p.enter(types.NewConst(token.NoPos, p.types, name, typ, p.constant(c)))
	case format.DeclVar:
		return p.enter(types.NewVar(token.NoPos, p.types, name, p.typ(c)))
	case format.DeclFunc:
		typeParams := p.declareTypeParams(c)
		return p.enter(types.NewFunc(token.NoPos, p.types, name, p.signature(c, nil, nil, typeParams)))
	}
	panic(errCorrupt)
}

func (p *pkg) enter(obj types.Object) types.Object {
	p.types.Scope().Insert(obj)
	return obj
}

func (p *pkg) named(name string, c *cursor) types.Object {
	obj := types.NewTypeName(token.NoPos, p.types, name, nil)
	named := types.NewNamed(obj, nil, nil)
	p.enter(obj)
	// The parameters are made known before their constraints are decoded, which
	// may instantiate this type.
	typeParams := p.makeTypeParams(c)
	named.SetTypeParams(typeParams)
	p.constrain(c, typeParams)
	named.SetUnderlying(p.unshared(c, named).Underlying())
	for range c.count() {
		named.AddMethod(p.method(c, named))
	}
	return obj
}

func (p *pkg) alias(name string, c *cursor) types.Object {
	typeParams := p.declareTypeParams(c)
	rhs := p.typ(c)
	// Decoding it may have asked for the alias itself.
	if obj := p.types.Scope().Lookup(name); obj != nil {
		return obj
	}
	obj := types.NewTypeName(token.NoPos, p.types, name, nil)
	types.NewAlias(obj, rhs).SetTypeParams(typeParams)
	return p.enter(obj)
}

func (p *pkg) method(c *cursor, named *types.Named) *types.Func {
	name, pointer, recvName := p.tables.string(c), c.bool(), p.tables.string(c)
	recvParams := p.declareTypeParams(c)
	var recv types.Type = named
	if len(recvParams) > 0 {
		args := make([]types.Type, len(recvParams))
		for i, param := range recvParams {
			args[i] = param
		}
		recv = p.instantiate(named, args)
	}
	if pointer {
		recv = types.NewPointer(recv)
	}
	v := types.NewVar(token.NoPos, p.types, recvName, recv)
	return types.NewFunc(token.NoPos, p.types, name, p.signature(c, v, recvParams, nil))
}

func (p *pkg) declareTypeParams(c *cursor) []*types.TypeParam {
	list := p.makeTypeParams(c)
	p.constrain(c, list)
	return list
}

func (p *pkg) makeTypeParams(c *cursor) []*types.TypeParam {
	n := c.count()
	if n == 0 {
		return nil
	}
	list := make([]*types.TypeParam, n)
	for i := range list {
		obj := types.NewTypeName(token.NoPos, p.types, p.tables.string(c), nil)
		list[i] = types.NewTypeParam(obj, nil)
		number := c.uint()
		if number >= len(p.tables.typeParams) {
			panic(errCorrupt)
		}
		p.tables.typeParams[number] = list[i]
	}
	return list
}

func (p *pkg) constrain(c *cursor, list []*types.TypeParam) {
	var constraint types.Type
	for _, param := range list {
		if same := c.bool(); !same {
			constraint = p.unshared(c, nil)
		}
		param.SetConstraint(constraint)
	}
}
