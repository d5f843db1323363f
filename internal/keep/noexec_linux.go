package keep

import "syscall"

// stNoExec is ST_NOEXEC of statvfs(3).
const stNoExec = 0x8

// forbidsPrograms reports whether the file system of a folder is mounted so that no
// program runs from it.
func forbidsPrograms(dir string) bool {
	var stat syscall.Statfs_t
	return syscall.Statfs(dir, &stat) == nil && stat.Flags&stNoExec != 0
}
