package exportdata

import "go/types"

// magic begins an archive. The number changes with the format.
const magic = "farside types 1\n"

// A tag says what a type in the table of types is.
type tag byte

const (
	tagNamed     tag = iota // package, name, type arguments
	tagTypeParam            // its number
	tagPointer              // element
	tagSlice                // element
	tagArray                // length, element
	tagMap                  // key, element
	tagChan                 // direction, element
	tagStruct               // package, fields
	tagInterface            // package, methods, embedded types, implicit
	tagSignature            // parameters, results, variadic
	tagUnion                // terms: tilde, type
)

// A declKind says what a name stands for.
type declKind byte

const (
	declNamed declKind = iota // type parameters, underlying type, methods
	declAlias                 // type parameters, type
	declConst                 // type, value
	declVar                   // type
	declFunc                  // type parameters, signature
)

// A constKind says how the value of a constant is written.
type constKind byte

const (
	constFalse constKind = iota
	constTrue
	constString // a string
	constInt    // a number
	constBigInt // decimal text
	constFloat  // text: a fraction, or a float of any precision
	constComplex
)

// Flags of a field.
const (
	fieldEmbedded = 1 << iota
	fieldTagged
)

// predeclared are the types that every section can refer to by their index.
// Those of a section's table come after them.
var predeclared = func() []types.Type {
	var list []types.Type
	for kind := types.Bool; kind <= types.UntypedNil; kind++ {
		list = append(list, types.Typ[kind])
	}
	for _, name := range []string{"byte", "rune", "error", "any", "comparable"} {
		list = append(list, types.Universe.Lookup(name).Type())
	}
	return list
}()
