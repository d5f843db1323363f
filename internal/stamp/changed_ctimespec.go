//go:build darwin || freebsd || netbsd

package stamp

import (
	"io/fs"
	"syscall"
	"time"
)

func changed(info fs.FileInfo) time.Time {
	return time.Unix(info.Sys().(*syscall.Stat_t).Ctimespec.Unix())
}
