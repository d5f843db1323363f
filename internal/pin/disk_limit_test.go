//go:build linux || darwin

package pin_test

import (
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// fillDisk leaves room for ten more bytes in a file of this process.
func fillDisk(path string) {
	info, err := os.Stat(path)
	if err != nil {
		panic(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	size := uint64(info.Size()) + 10
	limit := syscall.Rlimit{Cur: size, Max: size}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		panic(err)
	}
}

// The next use would find a line that it cannot understand.
func TestFullDiskLeavesNoHalfLine(t *testing.T) {
	key := newKey(t).Fingerprint()
	content := "other:1 " + key + "\n"
	path := write(t, content)
	said := atOnce(t, 1, "full "+key, path)[0]
	if !strings.Contains(said, filepath.Base(path)) || !strings.Contains(said, "add to the file of known servers") {
		t.Errorf("the process says %q", said)
	}
	if got := read(t, path); got != content {
		t.Errorf("the file became %q", got)
	}
}
