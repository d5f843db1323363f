//go:build unix

package sshconfig

import (
	"io/fs"
	"os"
	"syscall"
)

// trusted reports whether only this user or root can have written a file.
func trusted(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && info.Mode()&0o022 == 0 && (stat.Uid == 0 || int(stat.Uid) == os.Getuid())
}
