package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/farside-go/farside/internal/store"
)

// smallDisk mounts one of 256 KiB.
func smallDisk(t *testing.T) string {
	needRoot(t, "mount a small disk")
	dir := t.TempDir()
	if err := syscall.Mount("farside-test", dir, "tmpfs", 0, "size=256k,mode=700"); err != nil {
		if strings.Contains(os.Getenv("FARSIDE_REQUIRE"), "root") {
			t.Fatal(err)
		}
		t.Skip("SKIPPED, this root may not mount:", err)
	}
	t.Cleanup(func() { check(t, syscall.Unmount(dir, 0)) })
	return dir
}

func TestFullDiskLeavesNothing(t *testing.T) {
	dir := filepath.Join(smallDisk(t), "workers")
	s := open(t, dir, nil)
	large := strings.Repeat("x", 1<<20)
	err := s.Put(hashOf(large), strings.NewReader(large))
	if !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("%v does not match ENOSPC", err)
	}
	wantError(t, err, dir, "bytes", "room")
	wantFiles(t, dir)
	put(t, s, strings.Repeat("x", 128<<10)) // there is room for this again
}

func TestOpenRefusesReadOnlyFolder(t *testing.T) {
	disk := smallDisk(t)
	dir := filepath.Join(disk, "workers")
	open(t, dir, nil)
	check(t, syscall.Mount("", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
	_, err := store.Open(dir, nil)
	if !errors.Is(err, syscall.EROFS) {
		t.Errorf("%v does not match EROFS", err)
	}
	wantError(t, err, dir, "make it writable")
}
