package peers_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

const nearVariable = "FARSIDE_TEST_NEAR"

// beNear is a near side that opens a gateway and does nothing more.
func beNear() {
	spec := os.Getenv(nearVariable)
	if spec == "" {
		return
	}
	gw, err := gateway.Open(context.Background(), spec, nil)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("open", gw.Info().PID)
	time.Sleep(time.Hour)
}

// startNear starts a near side, and waits until its gateway is open.
func startNear(t *testing.T, spec string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), nearVariable+"="+spec)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	if line, _ := bufio.NewReader(out).ReadString('\n'); !strings.HasPrefix(line, "open ") {
		t.Fatalf("it says %q", line)
	}
	return cmd
}

// G7
func TestNearSideThatIsKilledLeavesNothingBehindSSH(t *testing.T) {
	h := newHost(t)
	serve(h, copyAll)
	near := startNear(t, h.spec())
	if pids := running(h.cache); len(pids) != 2 {
		t.Fatalf("processes %v run", pids)
	}
	near.Process.Kill()
	farsidetest.EventuallyWithin(t, 2*time.Second, func() bool { return len(running(h.cache)) == 0 }, "the relay or the worker runs")
}
