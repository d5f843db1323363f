package gateway_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/farsidetest"
)

// A worker is the parent of what commands leave, and must wait for it.
func TestCommandsLeaveNoZombies(t *testing.T) {
	gw := open(t, "popen", nil)
	for range 3 {
		if err := sh(t, gw, "sleep 1000 & sleep 1000 & exit").Run(); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, func() bool { return childrenOf(gw.Info().PID) == "" }, func() any { return childrenOf(gw.Info().PID) })
}

// childrenOf lists the children of a process, dead ones included.
func childrenOf(pid int) (list string) {
	files, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, file := range files {
		children, _ := os.ReadFile(file)
		list += string(children)
	}
	return strings.TrimSpace(list)
}

// What leaves the group, as a daemon does, is the far side's.
func TestDaemonLivesAsLongAsTheGateway(t *testing.T) {
	gw := open(t, "popen", nil)
	out, err := sh(t, gw, "(setsid sh -c 'echo $$; exec sleep 1000 >/dev/null 2>&1' &)").Output()
	pid, _ := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil || pid == 0 {
		t.Fatalf("got %q, %v", out, err)
	}
	status(t, gw)
	if !farsidetest.Alive(pid) {
		t.Error("it ended with the command")
	}
	gw.Close()
	eventually(t, func() bool { return !farsidetest.Alive(pid) }, func() any { return "it outlived the gateway" })
}

// ADR 7: a command with an environment of its own is found all the same.
func TestCommandDoesNotOutliveAFarSideThatCrashes(t *testing.T) {
	gw := open(t, "popen", nil)
	c := sh(t, gw, "setsid sh -c 'echo $$; exec sleep 1000 >/dev/null 2>&1' & wait")
	c.Env = []string{"PATH=" + os.Getenv("PATH")}
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	var pid int
	if _, err := fmt.Fscanln(out, &pid); err != nil {
		t.Fatal(err)
	}
	worker, err := os.FindProcess(gw.Info().PID)
	if err != nil {
		t.Fatal(err)
	}
	worker.Kill()
	<-gw.Done()
	if err := c.Wait(); err == nil {
		t.Error("it ended well")
	}
	eventually(t, func() bool { return !farsidetest.Alive(pid) }, func() any { return "it outlived the far side" })
}
