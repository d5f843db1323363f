package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Nothing stays over there of a connection that nobody waits for any more.
func TestDialThatIsGivenUpLeavesNoChannel(t *testing.T) {
	address, _ := accepting(t)
	gw := open(t, "popen", nil)
	far, err := os.FindProcess(gw.Info().PID)
	if err == nil {
		err = far.Signal(syscall.SIGSTOP) // it answers nothing
	}
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool { // the signal takes its time
		state, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", gw.Info().PID))
		return err == nil && strings.Contains(string(state), "State:\tT")
	}, func() any { return "it is not stopped" })
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if conn, err := gw.Dial(ctx, "tcp", address); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, %v", conn, err)
	}
	far.Signal(syscall.SIGCONT)
	eventually(t, func() bool { return status(t, gw).Channels == 1 }, func() any { return status(t, gw) })
}
