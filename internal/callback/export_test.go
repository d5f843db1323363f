package callback

import (
	"context"

	"github.com/farside-go/farside/internal/protocol"
)

// Offer gives the dispatcher an item, as the pump does.
func (q *Queue) Offer(ctx context.Context, f protocol.Frame) bool { return q.offer(ctx, f) }
