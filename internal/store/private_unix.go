//go:build unix

package store

import (
	"io/fs"
	"os"
	"syscall"
)

// exeSuffix ends the name of a program.
const exeSuffix = ""

// openPlain keeps a link from being followed and a pipe from being waited for.
const openPlain = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

func isOwn(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}

func othersWrite(info fs.FileInfo) bool { return info.Mode().Perm()&0o022 != 0 }

func canRun(info fs.FileInfo) bool { return info.Mode().Perm()&0o500 == 0o500 }
