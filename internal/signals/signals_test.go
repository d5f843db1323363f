package signals_test

import (
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/farside-go/farside/internal/signals"
)

func TestSignalsHaveTheSameNameBothWays(t *testing.T) {
	for want, sig := range map[string]os.Signal{"TERM": syscall.SIGTERM, "KILL": os.Kill, "INT": os.Interrupt, "HUP": syscall.SIGHUP} {
		name, err := signals.Name(sig)
		if name != want || err != nil {
			t.Errorf("%v: got %q, %v", sig, name, err)
		}
		for _, form := range []string{name, "SIG" + name, strings.ToLower("sig" + name)} {
			if back, err := signals.Find(form); back != sig || err != nil {
				t.Errorf("%s: got %v, %v", form, back, err)
			}
		}
	}
}

func TestUnknownSignalsAreRefused(t *testing.T) {
	for _, name := range []string{"", "SIG", "TERMS", "SIGSIGTERM", "15"} {
		if sig, err := signals.Find(name); err == nil || !strings.Contains(err.Error(), "there are ABRT, ALRM") {
			t.Errorf("%q: got %v, %v", name, sig, err)
		}
	}
	for _, sig := range []os.Signal{syscall.Signal(0), syscall.Signal(-1), syscall.Signal(200), other{}} {
		if name, err := signals.Name(sig); err == nil {
			t.Errorf("%v: got %q", sig, name)
		}
	}
}

type other struct{}

func (other) Signal()        {}
func (other) String() string { return "other" }
