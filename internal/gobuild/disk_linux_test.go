package gobuild_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/farside-go/farside/internal/gobuild"
)

// smallDisk mounts one.
func smallDisk(t *testing.T, size string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("farside-test", dir, "tmpfs", 0, "mode=700,size="+size); err != nil {
		if strings.Contains(os.Getenv("FARSIDE_REQUIRE"), "root") {
			t.Fatal(err)
		}
		t.Skip("SKIPPED, a small disk cannot be mounted:", err)
	}
	t.Cleanup(func() { check(t, syscall.Unmount(dir, 0)) })
	return dir
}

// The compiler may be the one who has no room, or the cache: a program is in it twice
// for a moment.
func TestFullDisk(t *testing.T) {
	dir := module(t, "")
	for _, size := range []string{"512k", "2500k"} {
		disk := smallDisk(t, size)
		c, err := gobuild.Open(filepath.Join(disk, "builds"))
		check(t, err)
		_, err = c.Build(t.Context(), &gobuild.Request{Source: "func main() { fmt.Println() }", Dir: dir})
		if !errors.Is(err, gobuild.ErrDiskFull) {
			t.Errorf("%v is no full disk", err)
		}
		wantError(t, err, "no space left on device", "make room")
		for _, pattern := range []string{"make-*", "put-*", "*.request", "*.content"} {
			if left, _ := filepath.Glob(filepath.Join(disk, "builds", pattern)); len(left) > 0 {
				t.Errorf("%v is left", left)
			}
		}
	}
}
