package filelock

import (
	"os"
	"syscall"
	"unsafe"
)

var lockFileEx = syscall.NewLazyDLL("kernel32.dll").NewProc("LockFileEx")

const lockfileExclusiveLock = 2

// Lock waits for the file, alone or together with others that only read. The
// lock ends with the file. It is on one byte far behind the file's end, since locked
// bytes can be neither read nor written there.
func Lock(file *os.File, alone bool) error {
	var how uintptr
	if alone {
		how = lockfileExclusiveLock
	}
	where := &syscall.Overlapped{OffsetHigh: 0x7fffffff}
	ok, _, err := lockFileEx.Call(file.Fd(), how, 0, 1, 0, uintptr(unsafe.Pointer(where)))
	if ok == 0 {
		return err
	}
	return nil
}
