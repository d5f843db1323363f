package channel

import (
	"context"
	"fmt"
	"sync"

	"github.com/farside-go/farside/internal/protocol"
)

// Send queues one item for the other side. It blocks while the other side does
// not consume, until ctx ends; then nothing of the item was queued.
//
// v is encoded before Send returns, so the caller may change it afterwards. See
// the package documentation for what can travel.
func (ch *Channel) Send(ctx context.Context, v any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	switch v := v.(type) {
	case []byte:
		if v != nil {
			return ch.sendRaw(ctx, protocol.FrameBytes, v)
		}
	case string:
		return ch.sendText(ctx, v)
	}
	scratch := scratches.Get().(*[]byte)
	defer putScratch(scratch)
	body, err := ch.m.codec.Append((*scratch)[:0], v)
	*scratch = body
	if err != nil {
		return encodeError(err)
	}
	return ch.frames.Send(ctx, protocol.FrameItem, body)
}

// scratches holds the buffers that items are encoded into.
var scratches = sync.Pool{New: func() any { return new([]byte) }}

func putScratch(scratch *[]byte) {
	if cap(*scratch) <= protocol.LargestRead {
		scratches.Put(scratch)
	}
}

// Flush waits until what was queued for the other side is on its way, or ctx ends.
// It is for a process that is about to end; otherwise Send sees to that.
func (ch *Channel) Flush(ctx context.Context) error { return ch.frames.Flush(ctx) }

func (ch *Channel) sendText(ctx context.Context, text string) error {
	scratch := scratches.Get().(*[]byte)
	defer putScratch(scratch)
	*scratch = append((*scratch)[:0], text...)
	return ch.sendRaw(ctx, protocol.FrameString, *scratch)
}

func (ch *Channel) sendRaw(ctx context.Context, kind byte, body []byte) error {
	if len(body) > ch.m.opts.MaxItem {
		return &EncodeError{Path: "item", Reason: fmt.Sprintf(
			"%d bytes are over the limit of %d; use Stream for what has no size", len(body), ch.m.opts.MaxItem)}
	}
	return ch.frames.Send(ctx, kind, body)
}

// Encode gives v as the bytes of an item, to be sent later as a [Raw].
func (ch *Channel) Encode(v any) (Raw, error) {
	body, err := ch.m.codec.Append(nil, v)
	if err != nil {
		return nil, encodeError(err)
	}
	return body, nil
}
