package bootstrap_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/farside-go/farside/bootstrap"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// restart ends a server and starts another at the same address.
func (r *running) restart(t *testing.T, opts *bootstrap.Options) *running {
	t.Helper()
	check(t, r.Close())
	farsidetest.Eventually(t, func() bool { // somebody's outgoing connection may have the port meanwhile
		l, err := bootstrap.Listen(r.at.String())
		if err == nil {
			l.Close()
		}
		return err == nil
	}, "the address %s is taken", r.at)
	return serveAt(t, r.at.String(), opts)
}

// S1
func TestChangedKeyIsRefused(t *testing.T) {
	token := "0123456789abcdef"
	s := serve(t, &bootstrap.Options{Token: token})
	pinned := s.spec
	s = s.restart(t, &bootstrap.Options{Token: token})
	wantRefused(t, pinned, gateway.StageKey, "the server has a new key, or somebody is in between", s.Fingerprint())
	if strings.Contains(s.log.String(), "opened") {
		t.Error("a worker was started")
	}
	s.stillServes(t)
}

func TestKeyFileKeepsTheKeyOverRestarts(t *testing.T) {
	opts := &bootstrap.Options{Token: "0123456789abcdef", KeyFile: filepath.Join(t.TempDir(), "made", "key")}
	s := serve(t, opts)
	s.awaitLog(t, "made a new key")
	again := s.restart(t, opts)
	if again.spec != s.spec {
		t.Errorf("the spec was %s and is %s", s.without(), again.without())
	}
	if strings.Contains(again.log.String(), "made a new key") {
		t.Error("the second server made a key too")
	}
	s.stillServes(t)
}

func TestTrustOnFirstUseHoldsFromThenOn(t *testing.T) {
	known := filepath.Join(t.TempDir(), "known")
	token := "0123456789abcdef"
	s := serve(t, &bootstrap.Options{Token: token})
	bare := "socket=" + s.at.String() + "//token=" + token + "//known-servers=" + known
	wantRefused(t, bare, gateway.StageKey, "is not known", s.Fingerprint(), "trust=first-use")
	s.spec = bare + "//trust=first-use"
	s.stillServes(t)
	s.spec = bare
	s.stillServes(t)
	s = s.restart(t, &bootstrap.Options{Token: token})
	for _, spec := range []string{bare, bare + "//trust=first-use"} {
		wantRefused(t, spec, gateway.StageKey, known+":1", s.Fingerprint(), "somebody is in between")
	}
}
