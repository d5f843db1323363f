// Package bootstrap goes from a raw byte stream to a mux that both sides have
// agreed on.
//
// Each side sends one line, the hello: a magic word, a protocol version and
// key=value fields. The near side's fields say how the far side shall set itself
// up; the far side's say what it is, or why it cannot serve. After the hellos the
// stream belongs to the mux. See docs/protocol.md, rules P1 to P3.
//
//	near := &bootstrap.Hello{Fields: map[string]string{"id": "gw0"}}
//	far, err := near.Exchange(ctx, conn)
package bootstrap
