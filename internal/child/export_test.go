package child

import "os/exec"

// Undying gives a process that was run, but whose end is never seen.
func Undying(cmd *exec.Cmd) *Process {
	return &Process{cmd: cmd, exited: make(chan struct{}), reaped: true}
}
