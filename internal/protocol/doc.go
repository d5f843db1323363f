// Package protocol is the bytes of docs/protocol.md: the frames of a channel's stream
// (P4), the messages of the control stream (P6) and the bindings inside them (P7). It
// keeps no state but that of a read under way, and takes no memory on the word of a
// length.
package protocol

// A violation is what the other side must not do by docs/protocol.md.
type violation struct{ what string }

func (v *violation) Error() string {
	return "channel: protocol error: the other side sent " + v.what
}

// Violation is the error for what the other side sent against the protocol.
func Violation(what string) error { return &violation{what} }
