// Package item turns Go values into the CBOR bytes of one item and back.
//
// A value keeps its meaning on the way: an integer stays an integer of any size, a
// float32 stays four bytes, a time keeps its offset, an error stays an error and a
// reference (a channel, a handle) arrives as the same reference. What cannot travel is
// refused with an [Error] that names the place inside the value.
//
// # Forms
//
//	nil, nil pointer, map, slice     null
//	bool                             true, false
//	every integer kind, *big.Int     integer; tags 2 and 3 beyond 64 bits
//	float32, float64                 float of four and of eight bytes
//	string                           text; TagBadText(bytes) when it is not UTF-8
//	[]byte, [N]byte                  byte string
//	slice, array                     array
//	map                              map
//	struct                           map of its exported fields, or an array (toarray)
//	time.Time                        tag 0, RFC 3339 text
//	time.Duration                    TagDuration(nanoseconds)
//	error                            TagError(map of a Fault)
//	a Ref's type                     the Ref's tag(id)
//	cbor.Marshaler                   the bytes it gives
//	encoding.BinaryMarshaler         byte string
//	Raw                              its bytes, verbatim
//
// Struct tags are those of github.com/fxamacker/cbor: the key `cbor`, else `json`, with
// a name, "-", omitempty, omitzero, keyasint, and toarray on a field named "_".
//
// # Hostile bytes
//
// Received bytes are checked as a whole before anything is made of them: well formed,
// definite lengths only, nested at most [MaxDepth] deep, nothing before the end missing
// and nothing after it. Memory is taken as elements are decoded, never on the word of a
// length. What bounds it is the size of the item: a Go value takes more than its bytes, a
// list of nulls received as []any 16 times as much and one of small maps about 120 times.
package item

// MaxDepth is how deep arrays and maps may nest, in both directions.
const MaxDepth = 1000

// The tags of our own forms: "FA" in ASCII and up, a range that nobody has registered.
const (
	TagDuration = 0x4641 + iota // a time.Duration: integer of nanoseconds
	TagError                    // an error: map of a Fault
	TagBadText                  // a Go string that is not valid UTF-8: byte string
)

// Tags that the CBOR standard assigns.
const (
	tagTime   = 0
	tagPosBig = 2
	tagNegBig = 3
)
