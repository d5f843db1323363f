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
// # Layers
//
// This package is the door. Below it, encode and decode know nothing of each other; both
// rest on form, which says how each Go type travels, on rawcbor, which writes and reads
// CBOR value by value, and on fail, which makes the errors.
package item
