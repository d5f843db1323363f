// Package format says how the archives of package exportdata are written. The
// reader and the generator have it in common; its prose is in the reader's
// documentation.
package format

import "go/types"

// Magic begins an archive. The number changes with the format.
const Magic = "farside types 1\n"

// A Tag says what a type in the table of types is.
type Tag byte

const (
	TagNamed     Tag = iota // package, name, type arguments
	TagTypeParam            // its number
	TagPointer              // element
	TagSlice                // element
	TagArray                // length, element
	TagMap                  // key, element
	TagChan                 // direction, element
	TagStruct               // package, fields
	TagInterface            // package, methods, embedded types, implicit
	TagSignature            // parameters, results, variadic
	TagUnion                // terms: tilde, type
)

// A DeclKind says what a name stands for.
type DeclKind byte

const (
	DeclNamed DeclKind = iota // type parameters, underlying type, methods
	DeclAlias                 // type parameters, type
	DeclConst                 // type, value
	DeclVar                   // type
	DeclFunc                  // type parameters, signature
)

// A ConstKind says how the value of a constant is written.
type ConstKind byte

const (
	ConstFalse ConstKind = iota
	ConstTrue
	ConstString // a string
	ConstInt    // a number
	ConstBigInt // decimal text
	ConstFloat  // text: a fraction, or a float of any precision
	ConstComplex
)

// The flags of a field.
const (
	FieldEmbedded = 1 << iota
	FieldTagged
)

// Predeclared are the types that every section can refer to by their index.
// Those of a section's table come after them.
var Predeclared = func() []types.Type {
	var list []types.Type
	for kind := types.Bool; kind <= types.UntypedNil; kind++ {
		list = append(list, types.Typ[kind])
	}
	for _, name := range []string{"byte", "rune", "error", "any", "comparable"} {
		list = append(list, types.Universe.Lookup(name).Type())
	}
	return list
}()

// Targets are the platforms that an archive is written for. A set of them is a
// number in which bit i stands for the i-th.
var Targets = []string{
	"darwin/amd64", "darwin/arm64", "linux/amd64", "linux/arm64", "windows/amd64", "windows/arm64",
}

// The files that are generated.
const (
	StdFile = "std.types"     // the standard library
	OwnFile = "farside.types" // our own packages
)
