package proctree

import (
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// Isolate makes cmd the leader of a process group of its own.
func Isolate(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.CreationFlags |= syscall.CREATE_NEW_PROCESS_GROUP
}

// Kill ends pid with what it started, as far as the system's own tool knows it.
func Kill(pid int) {
	exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(pid)).Run()
	if process, err := os.FindProcess(pid); err == nil {
		process.Kill()
	}
}

// Terminate ends pid: there is no way to ask it here.
func Terminate(pid int) { Kill(pid) }

// Reap does nothing: there are no zombies here.
func Reap(int) {}

// Adopt does nothing: there is no such service here.
func Adopt() {}

// KillDescendants does nothing: KillOwnGroup ends them together with us.
func KillDescendants() {}

// KillOwnGroup ends this process with what it started.
func KillOwnGroup() { Kill(os.Getpid()) }

// TerminateOwnGroup does nothing: a process without a window cannot be asked.
func TerminateOwnGroup() {}
