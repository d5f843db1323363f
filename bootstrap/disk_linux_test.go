package bootstrap_test

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/farside-go/farside/bootstrap"
	"github.com/farside-go/farside/gateway"
)

// smallDisk mounts one of 256 KiB.
func smallDisk(t *testing.T) string {
	t.Helper()
	needRoot(t, "mount a small disk")
	dir := t.TempDir()
	if err := syscall.Mount("farside-test", dir, "tmpfs", 0, "size=256k,mode=700"); err != nil {
		if strings.Contains(os.Getenv("FARSIDE_REQUIRE"), "root") {
			t.Fatal(err)
		}
		t.Skip("SKIPPED, this root may not mount:", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// B2
func TestFullDiskIsToldToTheNearSide(t *testing.T) {
	s := serve(t, &bootstrap.Options{Store: filepath.Join(smallDisk(t), "workers")})
	content := make([]byte, 32<<20) // more than the near side has on its way when it is told
	rand.Read(content)
	wantRefused(t, s.spec+"//worker="+program(t, content), gateway.StageUpload, "the server refused", "no space left", s.store)
	wantStored(t, s.store)
	s.stillServes(t)
	wantRefused(t, s.spec+"//worker="+program(t, []byte("#!/bin/sh\nexit 3\n")), gateway.StageHello, "status 3") // for which there is room
}

// B2
func TestReadOnlyDiskIsToldToTheNearSide(t *testing.T) {
	disk := smallDisk(t)
	s := serve(t, &bootstrap.Options{Store: filepath.Join(disk, "workers")})
	check(t, syscall.Mount("", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
	wantRefused(t, s.spec+"//worker="+program(t, []byte("#!/bin/sh\n")), gateway.StageUpload, "the server refused", "read-only", s.store)
	s.stillServes(t)
	_, err := bootstrap.NewServer(&bootstrap.Options{Store: s.store})
	if err == nil || !strings.Contains(err.Error(), s.store) {
		t.Errorf("a server that can keep no worker starts: %v", err)
	}
}
