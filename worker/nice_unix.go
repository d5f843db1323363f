//go:build unix

package worker

import (
	"fmt"
	"runtime"
	"syscall"
)

// renice adds n to the priority. It is that of the process group, which a worker
// leads: on Linux the one of a process is that of a single thread.
func renice(n int) error {
	now, err := syscall.Getpriority(syscall.PRIO_PROCESS, 0)
	if runtime.GOOS == "linux" {
		now = 20 - now // there the system call's answer is never negative
	}
	if err == nil {
		err = syscall.Setpriority(syscall.PRIO_PGRP, 0, now+n)
	}
	if err != nil {
		return fmt.Errorf("nice %d: %w", n, err)
	}
	return nil
}
