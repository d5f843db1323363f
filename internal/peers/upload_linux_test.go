package peers_test

import (
	"io"
	"sync/atomic"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// B4: nothing half-written is ever run, or left.
func TestServerThatDropsInTheMiddleOfTheUpload(t *testing.T) {
	const points = 50
	h := newHost(t)
	var sent, allowed atomic.Int64
	allowed.Store(1 << 40)
	p := serve(h, func(to io.Writer, from io.Reader) {
		sent.Store(0)
		n, _ := io.Copy(to, io.LimitReader(from, allowed.Load()))
		sent.Store(n)
	})
	works(t, h.spec())
	p.Close()
	p.work.Wait()
	whole := sent.Load()
	if whole < 1_000_000 {
		t.Fatalf("a whole upload is %d bytes", whole)
	}
	h = newHost(t) // where there is none
	serve(h, func(to io.Writer, from io.Reader) { io.Copy(to, io.LimitReader(from, allowed.Load())) })
	for point := range int64(points) {
		allowed.Store(whole * point / points)
		if gw, err := h.open(t.Context(), nil); err == nil {
			gw.Close()
			t.Fatalf("cut at %d of %d: it was opened", point, points)
		} else {
			wantFailure(t, err, []string{gateway.StageHandshake, gateway.StageAuthenticate, gateway.StageSession, gateway.StageShell, gateway.StageUpload, gateway.StageStart}, "")
		}
		farsidetest.Eventually(t, func() bool { return len(files(h.cache)) == 0 }, "cut at %d of %d: %q are left", point, points, files(h.cache))
		if left := running(h.cache); len(left) > 0 {
			t.Fatalf("cut at %d of %d: processes %v run", point, points, left)
		}
	}
	allowed.Store(1 << 40)
	works(t, h.spec())
}
