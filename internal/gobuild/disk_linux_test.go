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

func TestFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("farside-test", disk, "tmpfs", 0, "size=512k,mode=700"); err != nil {
		if strings.Contains(os.Getenv("FARSIDE_REQUIRE"), "root") {
			t.Fatal(err)
		}
		t.Skip("SKIPPED, a small disk cannot be mounted:", err)
	}
	t.Cleanup(func() { check(t, syscall.Unmount(disk, 0)) })
	c, err := gobuild.Open(filepath.Join(disk, "builds"))
	check(t, err)
	dir := module(t, "")
	_, err = c.Build(t.Context(), &gobuild.Request{Source: "func main() { fmt.Println() }", Dir: dir})
	if !errors.Is(err, gobuild.ErrDiskFull) {
		t.Errorf("%v is no full disk", err)
	}
	wantError(t, err, "no space left on device", "make room")
	if left := leftovers(t, filepath.Join(disk, "builds")); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}
