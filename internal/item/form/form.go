package form

// A Form is how values of a type travel. What of it is code is with those who encode and
// decode, so that neither of them has to know the other.
type Form uint8

// The forms that are a kind's own, and then those that a type has instead.
const (
	Impossible Form = iota // no item can hold it
	Bool
	Int
	Uint
	Float32
	Float64
	String
	Bytes
	ByteArray
	Slice
	Array
	Map
	Struct
	Pointer
	Any       // an interface that takes everything
	AnyError  // the interface type error
	Interface // any other interface

	Encoded // a Raw
	Time
	Duration
	Big
	Method // by MarshalCBOR or UnmarshalCBOR
	Error  // a type that implements error
	Binary // by MarshalBinary or UnmarshalBinary
)

// Room is how long a table by Form is: no index into it has to be checked.
const Room = 1 << 8
