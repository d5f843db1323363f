package stamp_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/stamp"
)

func TestYoungStampsAreNotSettled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	of := func() stamp.Stamp {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return stamp.Of(info)
	}
	now := time.Now()
	if s := of(); s.Settled(now) || !s.Settled(now.Add(3*time.Second)) {
		t.Errorf("%+v is settled now (%v), or never", s, now)
	}
	old := now.Add(-time.Hour) // can be set by anybody, while the change is now
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
	if s := of(); s.Modified != old.UnixNano() || s.Settled(now) && s.Changed != 0 {
		t.Errorf("%+v is settled", s)
	}
}
