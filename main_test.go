package farside_test

import (
	"os"
	"testing"

	"github.com/farside-go/farside/interp"
)

// The test binary is the far side.
func TestMain(m *testing.M) {
	interp.Main()
	os.Exit(m.Run())
}
