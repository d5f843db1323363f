// Package rawcbor writes and reads CBOR value by value, without knowing Go's types: heads,
// integers of any size, strings, times, and the judgement whether bytes are one value.
//
// A [Cursor] believes no length: it gives what is there, or an error.
package rawcbor

// The tags of our own forms: "FA" in ASCII and up, a range that nobody has registered.
const (
	TagDuration = 0x4641 + iota // a time.Duration: integer of nanoseconds
	TagError                    // an error: map of a fault
	TagBadText                  // a Go string that is not valid UTF-8: byte string
)

// Tags that the CBOR standard assigns.
const (
	TagTime   = 0
	TagPosBig = 2
	TagNegBig = 3
)
