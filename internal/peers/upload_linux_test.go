package peers_test

import (
	"crypto/rand"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// B4: nothing half-written is ever run, or left. What is sent is no worker, and quickly
// packed; a whole one comes through at the end.
func TestServerThatDropsInTheMiddleOfTheUpload(t *testing.T) {
	const points, size = 50, 300_000
	blob := filepath.Join(t.TempDir(), "worker")
	data := make([]byte, size)
	rand.Read(data)
	if err := os.WriteFile(blob, data, 0o700); err != nil {
		t.Fatal(err)
	}
	h := newHost(t)
	var allowed atomic.Int64
	serve(h, func(to io.Writer, from io.Reader) { io.Copy(to, io.LimitReader(from, allowed.Load())) })
	for point := range int64(points) {
		allowed.Store(size * (point + 1) / points) // of which a hundredth is what comes before
		_, err := gateway.Open(t.Context(), h.spec()+"//worker="+blob, farsidetest.Options(t, nil))
		stages := []string{gateway.StageUpload}
		if point < 2 {
			stages = []string{gateway.StageSession, gateway.StageShell, gateway.StageUpload}
		}
		wantFailure(t, err, stages, "")
		farsidetest.Eventually(t, func() bool { return len(files(h.cache)) == 0 }, "cut at %d of %d: %q are left", point, points, files(h.cache))
		if left := running(h.cache); len(left) > 0 {
			t.Fatalf("cut at %d of %d: processes %v run", point, points, left)
		}
	}
	allowed.Store(1 << 40)
	works(t, h.spec())
}
