//go:build unix

package proctree

import (
	"os/exec"
	"slices"
	"syscall"
)

// Isolate makes cmd the leader of a process group of its own.
func Isolate(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
}

// Kill ends the process group that pid leads, and on Linux also those
// descendants of pid that left the group. It can be called for a group whose
// leader has ended, as long as the leader was not waited for or others are left
// in the group.
func Kill(pid int) {
	strays := descendants(pid)
	syscall.Kill(-pid, syscall.SIGKILL)
	for _, pid := range strays {
		kill(pid)
	}
}

// Terminate asks the process group that pid leads to end.
func Terminate(pid int) { syscall.Kill(-pid, syscall.SIGTERM) }

// TerminateOwnGroup asks the process group of this process to end, if it leads the group.
func TerminateOwnGroup() {
	if pid := syscall.Getpid(); syscall.Getpgrp() == pid {
		Terminate(pid)
	}
}

// Reap waits for those of the process group that pid led which are this process's children,
// by [Adopt], so that they do not stay as zombies. The leader must have been waited for.
func Reap(pid int) {
	for {
		if _, err := syscall.Wait4(-pid, nil, 0, nil); err != nil && err != syscall.EINTR {
			return
		}
	}
}

// KillDescendants ends what this process started and everything below, but not
// this process itself.
func KillDescendants() {
	self := syscall.Getpid()
	killUntilNoneIsNew(func() []int { return descendants(self) }, kill)
}

// killUntilNoneIsNew looks again as long as something new turns up.
func killUntilNoneIsNew(find func() []int, kill func(pid int)) {
	const rounds = 100 // against a program that forks faster than it is killed
	var seen []int
	for range rounds {
		fresh := slices.DeleteFunc(find(), func(pid int) bool { return slices.Contains(seen, pid) })
		if len(fresh) == 0 {
			return
		}
		for _, pid := range fresh {
			kill(pid)
		}
		seen = append(seen, fresh...)
	}
}

// KillOwnGroup ends the process group of this process, and so this process, if
// it leads the group.
func KillOwnGroup() {
	if pid := syscall.Getpid(); syscall.Getpgrp() == pid {
		syscall.Kill(-pid, syscall.SIGKILL)
	}
}

func kill(pid int) { syscall.Kill(pid, syscall.SIGKILL) }
