//go:build unix

package workerbin

import (
	"os"
	"syscall"
)

// isPrivate reports whether a folder belongs to this user and is closed to all
// others' writing.
func isPrivate(info os.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid() && info.Mode().Perm()&0o022 == 0
}
