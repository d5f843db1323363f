package stagezero

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/farside-go/farside/internal/workerbin"
)

// Fifty far sides at once must not have the same bytes packed fifty times, nor are they
// kept when nobody sends them.
func TestWorkerIsPackedOnceForAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "worker")
	if err := os.WriteFile(path, make([]byte, 1<<20), 0o700); err != nil {
		t.Fatal(err)
	}
	program, err := workerbin.Identify(path)
	if err != nil {
		t.Fatal(err)
	}
	first, err := pack(program, packGzip)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := pack(program, packGzip); again != first || err != nil {
		t.Errorf("it was packed again: %v", err)
	}
	if other, err := pack(program, packPlain); err != nil || len(other.bytes) != 1<<20 {
		t.Errorf("packed in no way it has %d bytes, %v", len(other.bytes), err)
	}
	runtime.KeepAlive(first)
	runtime.GC()
	if kept := parcels.sent[parcelKey{program.Hash, packGzip}].Value(); kept != nil {
		t.Error("it is kept")
	}
}
