package keep_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/farside-go/farside/internal/keep"
)

// disk mounts a small one that lasts as long as the test.
func disk(t *testing.T, flags uintptr) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("farside-test", dir, "tmpfs", flags, "size=256k,mode=700"); err != nil {
		if strings.Contains(os.Getenv("FARSIDE_REQUIRE"), "root") {
			t.Fatal(err)
		}
		t.Skip("SKIPPED, this user may not mount:", err)
	}
	t.Cleanup(func() { check(t, syscall.Unmount(dir, 0)) })
	return dir
}

func TestFullDiskIsLeftForTheNextPlace(t *testing.T) {
	small, other := filepath.Join(disk(t, 0), "programs"), filepath.Join(t.TempDir(), "programs")
	k := keep.NewIn(small, other)
	m, file := serve(t, k), program(t, "", 1<<20)
	check(t, send(t, m, file))
	if path := wantKept(t, k, file); filepath.Dir(path) != other {
		t.Errorf("it is at %s", path)
	}
	wantNothingIn(t, small)
}

func TestFullDiskIsToldAndTriedAgainLater(t *testing.T) {
	dir := filepath.Join(disk(t, 0), "programs")
	k := keep.NewIn(dir)
	m, file := serve(t, k), program(t, "", 1<<20)
	err := send(t, m, file)
	if err == nil || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "no space left") || !strings.Contains(err.Error(), "make room") {
		t.Errorf("it ended with %v", err)
	}
	check(t, send(t, m, program(t, "", 1000)))
}

func TestNoExecPlaceIsPassedOver(t *testing.T) {
	for _, once := range []bool{false, true} {
		shut, open := filepath.Join(disk(t, syscall.MS_NOEXEC), "programs"), filepath.Join(t.TempDir(), "programs")
		k := keep.NewIn(shut, open)
		m, file := serve(t, k), program(t, "", 1000)
		file.Once = once
		check(t, send(t, m, file))
		wantKept(t, k, file)
		wantNothingIn(t, shut)
		if err := send(t, serve(t, keep.NewIn(shut)), file); err == nil || !strings.Contains(err.Error(), "noexec") {
			t.Errorf("with no other place: %v", err)
		}
	}
}
