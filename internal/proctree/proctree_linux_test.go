package proctree_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/proctree"
)

// reapVariable makes the test binary a process that adopts and kills.
const reapVariable = "FARSIDE_PROCTREE_TEST"

func TestMain(m *testing.M) {
	switch os.Getenv(reapVariable) {
	case "":
		os.Exit(m.Run())
	case "adopt, kill descendants":
		proctree.Adopt()
		start(os.Args[1])
		proctree.KillDescendants()
		fmt.Println("done")
		waitToBeKilled()
	case "adopt, wait":
		proctree.Adopt()
		start(os.Args[1])
		waitToBeKilled()
	}
}

// waitToBeKilled is not select {}, for which the runtime would end the process.
func waitToBeKilled() {
	for {
		syscall.Pause()
	}
}

// start runs a script that prints pids, and passes on as many as it says first.
func start(script string) {
	cmd := exec.Command("/bin/sh", "-c", script)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		panic(err)
	}
	lines := bufio.NewScanner(out)
	lines.Scan()
	n, _ := strconv.Atoi(lines.Text())
	for range n {
		lines.Scan()
		fmt.Println(lines.Text())
	}
	fmt.Println("started")
}

// trees are scripts that leave processes that do not end by themselves.
var trees = map[string]string{
	"children":             `echo 2; sleep 1000 & echo $!; sleep 1000 & echo $!; wait`,
	"grandchildren":        `echo 3; sh -c 'echo $$; sh -c "echo \$\$; sleep 1000 & echo \$!; wait"; wait'; wait`,
	"a session":            `echo 1; setsid sh -c 'trap "" TERM HUP; echo $$; sleep 1000; sleep 1000'; wait`,
	"orphans":              `echo 2; (sh -c 'echo $$; exec sleep 1000' & sh -c 'echo $$; exec sleep 1000' &); exit`,
	"an orphaned session":  `echo 1; (setsid sh -c 'echo $$; exec sleep 1000' &); exit`,
	"a name with brackets": `echo 1; cp /bin/sleep "a) Z (1"; "./a) Z (1" 1000 & echo $!; wait`,
}

// A helper is a started test binary and what it started.
type helper struct {
	cmd  *exec.Cmd
	mark string
	out  *bufio.Scanner
	pids []int
}

func startHelper(t *testing.T, mode, script string) *helper {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	h := &helper{cmd: exec.Command(self, script)}
	h.cmd.Dir = t.TempDir()
	h.cmd.Env = append(os.Environ(), reapVariable+"="+mode)
	h.mark = proctree.Mark(h.cmd)
	h.cmd.Stderr = os.Stderr
	proctree.Isolate(h.cmd)
	out, err := h.cmd.StdoutPipe()
	if err == nil {
		err = h.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		syscall.Kill(-h.cmd.Process.Pid, syscall.SIGKILL)
		h.cmd.Wait()
		proctree.KillMarked(h.mark) // what a failed test left
	})
	h.out = bufio.NewScanner(out)
	for h.out.Scan() && h.out.Text() != "started" {
		pid, err := strconv.Atoi(h.out.Text())
		if err != nil {
			t.Fatal(err)
		}
		h.pids = append(h.pids, pid)
	}
	if len(h.pids) == 0 {
		t.Fatal("it started nothing")
	}
	return h
}

// checkGone waits, for the end of a killed process takes a moment.
func checkGone(t *testing.T, pids []int) {
	t.Helper()
	for _, pid := range pids {
		eventually(t, func() bool { return !alive(pid) }, "process %d of %v is left", pid, pids)
	}
}

func eventually(t *testing.T, ok func() bool, format string, args ...any) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	timeout := time.NewTimer(20 * time.Second) // a moment, on a busy machine
	defer timeout.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-timeout.C:
			t.Fatalf(format, args...)
		}
	}
}

func alive(pid int) bool {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	return err == nil && !strings.Contains(string(status), "State:\tZ") && !strings.Contains(string(status), "State:\tX")
}

func TestKillEndsAllThatAProcessStarted(t *testing.T) {
	for name, script := range trees {
		t.Run(name, func(t *testing.T) {
			h := startHelper(t, "adopt, wait", script)
			proctree.Kill(h.cmd.Process.Pid)
			checkGone(t, append(h.pids, h.cmd.Process.Pid))
		})
	}
}

func TestKillDescendantsSparesTheProcessItself(t *testing.T) {
	for name, script := range trees {
		t.Run(name, func(t *testing.T) {
			h := startHelper(t, "adopt, kill descendants", script)
			if !h.out.Scan() || h.out.Text() != "done" {
				t.Fatalf("it says %q", h.out.Text())
			}
			checkGone(t, h.pids)
			if !alive(h.cmd.Process.Pid) {
				t.Error("it killed itself")
			}
		})
	}
}

// They multiply while they are killed.
func TestKillDescendantsThatFork(t *testing.T) {
	const breeders = `
for breeder in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	(i=0; while [ $i -lt 50 ]; do i=$((i+1)); (setsid sleep 1000 &); done; sleep 1000) &
done
for own in 1 2 3 4 5 6 7 8; do (setsid sleep 1000 &); done
echo 1; echo $$; wait`
	h := startHelper(t, "adopt, kill descendants", breeders)
	if !h.out.Scan() || h.out.Text() != "done" {
		t.Fatalf("it says %q", h.out.Text())
	}
	eventually(t, func() bool { return len(inTable(h.cmd.Process.Pid)) == 0 }, "some are left")
}

// On kernels that do not list children.
func TestEveryDescendantIsInTheTableOfParents(t *testing.T) {
	for name, script := range trees {
		t.Run(name, func(t *testing.T) {
			h := startHelper(t, "adopt, wait", script)
			for _, pid := range h.pids {
				eventually(t, func() bool { return slices.Contains(inTable(h.cmd.Process.Pid), pid) },
					"process %d of %v is not found", pid, h.pids)
			}
		})
	}
}

// inTable looks for what is below pid.
func inTable(pid int) []int {
	children := proctree.ParentTable()
	found := children(pid)
	for i := 0; i < len(found); i++ {
		found = append(found, children(found[i])...)
	}
	return found
}

func TestKillMarkedEndsWhatOutlivedAllParents(t *testing.T) {
	for name, script := range trees {
		t.Run(name, func(t *testing.T) {
			h, other := startHelper(t, "adopt, wait", script), startHelper(t, "adopt, wait", script)
			h.cmd.Process.Kill()
			h.cmd.Wait()
			proctree.KillMarked(h.mark)
			checkGone(t, h.pids)
			for _, pid := range append(other.pids, other.cmd.Process.Pid) {
				if !alive(pid) {
					t.Errorf("process %d has another mark, but is gone", pid)
				}
			}
		})
	}
}

func BenchmarkKillMarked(b *testing.B) {
	for b.Loop() {
		proctree.KillMarked("FARSIDE_TREE=nobody's")
	}
}

func TestKillOfAGroupWhoseLeaderIsGone(t *testing.T) {
	h := startHelper(t, "adopt, wait", trees["children"])
	h.cmd.Process.Kill()
	h.cmd.Wait()
	proctree.Kill(h.cmd.Process.Pid)
	checkGone(t, h.pids)
}
