//go:build unix

package worker

import (
	"fmt"
	"syscall"
)

func renice(n int) error {
	if err := syscall.Setpriority(syscall.PRIO_PROCESS, 0, n); err != nil {
		return fmt.Errorf("nice %d: %w", n, err)
	}
	return nil
}
