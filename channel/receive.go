package channel

import (
	"context"
	"fmt"

	"github.com/farside-go/farside/internal/item"
	"github.com/farside-go/farside/internal/protocol"
)

// Raw is an item in its encoded form. Sent, it travels as it is; received, it
// has not been decoded yet: see [Channel.Decode].
type Raw = item.Raw

// Receive gives the next item, decoded into its general form. It blocks until
// there is one, ctx ends, or the channel has ended and nothing is left: then the
// error is io.EOF, a *[RemoteError], a *[LostError], or [ErrClosed] if this side
// closed the channel.
func (ch *Channel) Receive(ctx context.Context) (any, error) {
	var v any
	err := ch.ReceiveInto(ctx, &v)
	return v, err
}

// ReceiveInto is Receive into the value that dst points to.
func (ch *Channel) ReceiveInto(ctx context.Context, dst any) error {
	if err := ch.frames.Acquire(ctx, false); err != nil {
		return err
	}
	defer ch.frames.Release()
	f, err := ch.frames.Next(ctx, false)
	if err != nil {
		return err
	}
	return ch.decodeFrame(f, dst)
}

// Receive gives the next item of ch as a T. See [Channel.Receive].
func Receive[T any](ctx context.Context, ch *Channel) (T, error) {
	var v T
	err := ch.ReceiveInto(ctx, &v)
	return v, err
}

// Decode decodes raw, which came over this channel's gateway, into the value
// that dst points to.
func (ch *Channel) Decode(raw Raw, dst any) error {
	if err := ch.m.codec.Decode(raw, dst); err != nil {
		return decodeError(err)
	}
	return nil
}

func (ch *Channel) decodeFrame(f protocol.Frame, dst any) error {
	if f.Size > uint64(ch.m.opts.MaxItem) {
		return &DecodeError{Path: "item", Reason: fmt.Sprintf(
			"%d bytes are over the limit of %d; use Stream for what has no size", f.Size, ch.m.opts.MaxItem)}
	}
	if f.Kind != protocol.FrameItem && assignRaw(f, dst) {
		return nil
	}
	codec, body := &ch.m.codec, f.Body
	if f.Kind != protocol.FrameItem {
		codec, body = &unlimited, asItem(f)
	}
	if err := codec.Decode(body, dst); err != nil {
		return decodeError(err)
	}
	return nil
}

// unlimited converts raw frames, whose size was checked and which hold no
// references.
var unlimited item.Codec

// assignRaw stores a raw frame where its type needs no conversion.
func assignRaw(f protocol.Frame, dst any) bool {
	switch dst := dst.(type) {
	case *any:
		if f.Kind == protocol.FrameString {
			*dst = string(f.Body)
		} else {
			*dst = f.Own()
		}
		return true
	case *string:
		if f.Kind == protocol.FrameString {
			*dst = string(f.Body)
			return true
		}
	case *[]byte:
		if f.Kind == protocol.FrameBytes {
			*dst = f.Own()
			return true
		}
	}
	return false
}

// asItem gives a raw frame's body as an encoded item.
func asItem(f protocol.Frame) []byte {
	var v any = f.Body
	if f.Kind == protocol.FrameString {
		v = string(f.Body)
	}
	body, _ := unlimited.Append(nil, v) // bytes and text can always be encoded
	return body
}
