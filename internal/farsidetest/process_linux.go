package farsidetest

import (
	"bytes"
	"os"
	"strconv"
)

// Children lists the children of this process, dead ones that nobody waited for
// included.
func Children() []int {
	var found []int
	entries, _ := os.ReadDir("/proc")
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		if _, parent := stat(pid); parent == os.Getpid() {
			found = append(found, pid)
		}
	}
	return found
}

// Alive reports whether a process runs. A dead one that nobody waited for does
// not.
func Alive(pid int) bool {
	state, _ := stat(pid)
	return state != 0 && state != 'Z' && state != 'X'
}

// Stopped reports whether a process was stopped by a signal.
func Stopped(pid int) bool {
	state, _ := stat(pid)
	return state == 'T'
}

// stat reads state and parent from /proc/PID/stat; they follow the name, which
// stands in parentheses.
func stat(pid int) (state byte, parent int) {
	data, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0, 0
	}
	fields := bytes.Fields(data[bytes.LastIndexByte(data, ')')+1:])
	if len(fields) < 2 {
		return 0, 0
	}
	parent, _ = strconv.Atoi(string(fields[1]))
	return fields[0][0], parent
}

// Files is how many descriptors this process has open.
func Files() int {
	entries, _ := os.ReadDir("/proc/self/fd")
	return len(entries)
}
