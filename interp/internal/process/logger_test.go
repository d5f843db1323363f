package process_test

import (
	"reflect"
	"sync"
	"testing"

	"github.com/farside-go/farside/interp/internal/process"
)

// A new version of Go may lay out a logger anew.
func TestLockOfALoggerIsWhatItLocksWhileItWrites(t *testing.T) {
	if f := process.LoggerLock; f.Name != "outMu" || f.Type != reflect.TypeFor[sync.Mutex]() {
		t.Errorf("the field is %q of type %v", f.Name, f.Type)
	}
}
