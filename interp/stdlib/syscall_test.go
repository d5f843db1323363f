//go:build (darwin || linux || windows) && (amd64 || arm64)

package stdlib_test

import (
	"syscall"
	"testing"

	"github.com/farside-go/farside/interp/stdlib"
)

func TestSyscallHasThisPlatformsTable(t *testing.T) {
	table := stdlib.Symbols("syscall")
	if sig, ok := table["SIGTERM"]; !ok || sig.Interface() != syscall.SIGTERM {
		t.Errorf("syscall.SIGTERM is %v", sig)
	}
	if _, ok := table["_Conn"]; !ok {
		t.Error("no wrapper of syscall.Conn")
	}
}
