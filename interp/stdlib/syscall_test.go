//go:build (darwin || linux || windows) && (amd64 || arm64)

package stdlib_test

import (
	"reflect"
	"syscall"
	"testing"

	"github.com/farside-go/farside/interp/stdlib"
)

func TestSyscallHasThisPlatformsTable(t *testing.T) {
	attr, ok := stdlib.Symbols("syscall")["SysProcAttr"]
	if !ok || attr.Type() != reflect.TypeFor[*syscall.SysProcAttr]() {
		t.Errorf("syscall.SysProcAttr is %v", attr)
	}
}
