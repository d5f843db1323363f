package peers_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// poor is a user whom nobody else is.
const poor = 54321

// poorly gives the spec of a far side of that user that may have only so much, and the
// folder of its workers.
func poorly(t *testing.T, limit string) (spec, cache string) {
	t.Helper()
	requireRoot(t)
	cache, err := os.MkdirTemp("/var/tmp", "farside-peers-") // others do not get into those of tests
	if err == nil {
		t.Cleanup(func() {
			for _, dir := range []string{cache, "/var/tmp/farside-54321", "/tmp/farside-54321", "/dev/shm/farside-54321"} { // where it went next
				os.RemoveAll(dir)
			}
		})
		err = os.Chown(cache, poor, poor)
	}
	if err != nil {
		t.Fatal(err)
	}
	return "cmd=env XDG_CACHE_HOME=" + cache + " prlimit " + limit + " setpriv --reuid=54321 --regid=54321 --clear-groups sh//lean", cache
}

// With too few processes or too little memory something fails, wherever it happens to. It
// is told at once and in the far side's words, and nothing stays that is not whole.
func TestFarSideThatIsOutOfProcessesOrMemory(t *testing.T) {
	failed := 0
	for _, limit := range []string{
		"--nproc=1", "--nproc=2", "--nproc=3", "--nproc=5", "--nproc=7", "--nproc=8", "--nproc=9", "--nproc=10",
		"--as=1000000", "--as=4000000", "--as=10000000", "--as=100000000", "--as=500000000",
	} {
		t.Run(limit, func(t *testing.T) {
			spec, cache := poorly(t, limit)
			gw, err := openAt(t, t.Context(), spec, nil)
			if gw != nil { // it came up, and may do with what there is, or have come to need more
				gw.Close()
				return
			}
			failed++
			wantFailure(t, err, []string{gateway.StageShell, gateway.StageUpload, gateway.StageStart, gateway.StageHello},
				"fork", "Resource temporarily unavailable", "thread", "memory", "map segment", "newosproc", "runtime.")
			farsidetest.Eventually(t, func() bool { return len(running(cache)) == 0 }, "processes %v run", running(cache))
			if left := files(cache); slices.ContainsFunc(left, func(name string) bool { return strings.Contains(name, "zero-") }) {
				t.Errorf("%q are left", left)
			}
		})
	}
	if failed < 5 {
		t.Errorf("only %d of them had too little", failed)
	}
	spec, _ := poorly(t, "--nproc=100")
	works(t, spec)
}
