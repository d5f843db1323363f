//go:build unix

package sshauth

import (
	"io/fs"
	"os"
	"syscall"
)

// isPrivate reports whether nobody else can read a file of this user's.
func isPrivate(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return !ok || int(stat.Uid) != os.Getuid() || info.Mode()&0o077 == 0
}
