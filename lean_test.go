package farside_test

import (
	"strings"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// What a lean far side is brought cannot run source, though this program could.
func TestLeanFarSideHasNoInterpreter(t *testing.T) {
	for _, spec := range []string{"popen//lean", "cmd=sh//lean//ephemeral"} {
		var sent int64
		opts := farsidetest.Options(t, nil)
		opts.Progress = func(p gateway.Progress) { sent = p.Total }
		gw := farsidetest.Gateway(t, spec, opts)
		if gw.Info().Source || sent > 5_000_000 {
			t.Errorf("%s: it says that it runs source: %v; %d bytes were sent", spec, gw.Info().Source, sent)
		}
		_, err := gateway.Call[any](t.Context(), gw, gateway.Source("return 1"))
		if err == nil || !strings.Contains(err.Error(), "runs no source; its spec says lean") {
			t.Errorf("%s: %v", spec, err)
		}
		if _, err := gw.Status(t.Context()); err != nil {
			t.Error(err)
		}
	}
}
