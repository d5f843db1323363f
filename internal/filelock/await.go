package filelock

import (
	"context"
	"os"
	"time"
)

// again is how often Await tries. The system has no wait that could be given up.
const again = 5 * time.Millisecond

// Await waits for the file alone, until ctx ends. It calls busy, if that is given, once,
// before it begins to wait.
func Await(ctx context.Context, file *os.File, busy func()) error {
	ticker := time.NewTicker(again)
	defer ticker.Stop()
	for {
		locked, err := TryLock(file)
		if locked || err != nil {
			return err
		}
		if busy != nil {
			busy()
			busy = nil
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-ticker.C:
		}
	}
}
