package proctree

import (
	"bytes"
	"crypto/rand"
	"os"
	"os/exec"
	"slices"
	"strconv"
)

// markVariable is in the environment of a marked process and of all that it
// starts, unless those are given an environment without it.
const markVariable = "FARSIDE_TREE"

// Mark makes what cmd will start, and all that it starts, known to KillMarked.
// cmd.Env must be set.
func Mark(cmd *exec.Cmd) (mark string) {
	mark = markVariable + "=" + rand.Text()
	cmd.Env = append(cmd.Env, mark)
	return mark
}

// KeepMark gives an environment for a process that this one starts with this one's own
// mark in it.
func KeepMark(env []string) []string {
	if mark, ok := os.LookupEnv(markVariable); ok {
		return append(slices.Clip(env), markVariable+"="+mark)
	}
	return env
}

// KillMarked ends what has the mark and that this user may look at, also when
// nothing else tells any more who started it.
func KillMarked(mark string) {
	killUntilNoneIsNew(func() []int { return marked(mark) }, func(pid int) { killMarked(pid, mark) })
}

func marked(mark string) (found []int) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err == nil && hasMark(pid, mark) {
			found = append(found, pid)
		}
	}
	return found
}

func hasMark(pid int, mark string) bool {
	variables, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/environ")
	return err == nil && slices.ContainsFunc(bytes.Split(variables, []byte{0}), func(variable []byte) bool {
		return string(variable) == mark
	})
}

// killMarked looks once more when it has a hold on the process: the pid may have
// become another's.
func killMarked(pid int, mark string) {
	process, err := os.FindProcess(pid)
	if err != nil {
		return
	}
	defer process.Release()
	if hasMark(pid, mark) {
		process.Kill()
	}
}
