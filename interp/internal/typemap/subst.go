package typemap

import (
	"go/token"
	"go/types"
)

// An Env says what type parameters stand for in one instance of a generic
// function or method. A nil Env has none.
type Env struct {
	Params   []*types.TypeParam
	Args     []types.Type
	From, To token.Pos // the declaration: types declared in it are the instance's own
	Suffix   string    // of their names

	locals map[*types.TypeName]*types.Named
	ctx    *types.Context
}

// Make readies an Env. All that is to give identical types shares a context.
func (e *Env) Make(ctx *types.Context) *Env {
	e.ctx, e.locals = ctx, make(map[*types.TypeName]*types.Named)
	return e
}

// Subst gives a type in which type parameters are replaced.
func (e *Env) Subst(t types.Type) types.Type {
	if e == nil || t == nil {
		return t
	}
	switch t := t.(type) {
	case *types.TypeParam:
		for i, p := range e.Params {
			if p == t {
				return e.Args[i]
			}
		}
		return t
	case *types.Alias:
		return e.Subst(types.Unalias(t))
	case *types.Named:
		return e.named(t)
	case *types.Pointer:
		return types.NewPointer(e.Subst(t.Elem()))
	case *types.Slice:
		return types.NewSlice(e.Subst(t.Elem()))
	case *types.Array:
		return types.NewArray(e.Subst(t.Elem()), t.Len())
	case *types.Map:
		return types.NewMap(e.Subst(t.Key()), e.Subst(t.Elem()))
	case *types.Chan:
		return types.NewChan(t.Dir(), e.Subst(t.Elem()))
	case *types.Tuple:
		return e.tuple(t)
	case *types.Signature:
		return types.NewSignatureType(nil, nil, nil, e.tuple(t.Params()), e.tuple(t.Results()), t.Variadic())
	case *types.Struct:
		return e.structType(t)
	case *types.Interface:
		return e.interfaceType(t)
	}
	return t
}

func (e *Env) tuple(t *types.Tuple) *types.Tuple {
	vars := make([]*types.Var, t.Len())
	for i := range vars {
		v := t.At(i)
		vars[i] = types.NewParam(v.Pos(), v.Pkg(), v.Name(), e.Subst(v.Type()))
	}
	return types.NewTuple(vars...)
}

func (e *Env) structType(t *types.Struct) types.Type {
	fields, tags := make([]*types.Var, t.NumFields()), make([]string, t.NumFields())
	for i := range fields {
		f := t.Field(i)
		fields[i] = types.NewField(f.Pos(), f.Pkg(), f.Name(), e.Subst(f.Type()), f.Embedded())
		tags[i] = t.Tag(i)
	}
	return types.NewStruct(fields, tags)
}

func (e *Env) interfaceType(t *types.Interface) types.Type {
	if t.NumMethods() == 0 {
		return t
	}
	methods := make([]*types.Func, t.NumMethods())
	for i := range methods {
		m := t.Method(i)
		methods[i] = types.NewFunc(m.Pos(), m.Pkg(), m.Name(), e.Subst(m.Type()).(*types.Signature))
	}
	return types.NewInterfaceType(methods, nil).Complete()
}

// named replaces the arguments of a generic type. A type that is declared in the
// generic function itself is another one in each instance.
func (e *Env) named(t *types.Named) types.Type {
	if args := t.TypeArgs(); args.Len() > 0 {
		list := make([]types.Type, args.Len())
		for i := range list {
			list[i] = e.Subst(args.At(i))
		}
		origin := t.Origin()
		inst, err := types.Instantiate(e.ctx, origin, list, false)
		if err != nil {
			return t
		}
		return inst
	}
	obj := t.Obj()
	if obj.Pkg() == nil || obj.Parent() == obj.Pkg().Scope() || obj.Pos() < e.From || obj.Pos() >= e.To {
		return t
	}
	if own := e.locals[obj]; own != nil {
		return own
	}
	own := types.NewNamed(types.NewTypeName(obj.Pos(), obj.Pkg(), obj.Name()+e.Suffix, nil), types.NewStruct(nil, nil), nil)
	e.locals[obj] = own
	own.SetUnderlying(e.Subst(t.Underlying()).Underlying())
	return own
}
