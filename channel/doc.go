// Package channel carries typed items between two programs over one byte
// stream.
//
// A [Mux] wraps any io.ReadWriteCloser and carries any number of channels. A
// [Channel] is an ordered, reliable, flow-controlled pair of item queues, one
// in each direction; it also has bindings, named values that both sides see,
// and subscriptions, callbacks for whatever arrives. What Go calls a channel is
// always called a Go channel here.
//
//	near, err := channel.NewMux(conn, channel.Near, nil)
//	ch, err := near.Open(ctx, "greeter")
//	err = ch.Send(ctx, "hello")
//
// and at the other end of conn
//
//	far, err := channel.NewMux(conn, channel.Far, nil)
//	ch, err := far.Accept(ctx)              // ch.Label() is "greeter"
//	text, err := channel.Receive[string](ctx, ch)
//
// A channel can be sent inside an item: what arrives is the other end of it.
//
// # Values
//
// An item is any value made of nil, booleans, numbers, strings, []byte,
// [time.Time], [time.Duration], slices, arrays, maps, structs, pointers to
// those, errors and channels. Received as any, an integer is an int when it
// fits, else a uint64 or a *[math/big.Int]; a float is a float64; a struct or a
// map with only string keys is a map[string]any; an error is a *[RemoteError].
// Received as a type T, the item is converted as encoding/json would do. Struct
// tags "cbor" and "json" are honoured. What cannot travel is an [EncodeError]
// that names the place, before a byte is sent.
//
// # Memory
//
// Send returns when its item is queued. The queue is bounded, and so is what
// the other side takes in before somebody receives it; beyond that Send blocks.
//
// The wire format is docs/protocol.md; comments cite its rules as P1, P2 ...
package channel
