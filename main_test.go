package farside_test

import (
	"testing"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/interp"
)

// The test binary is the far side.
func TestMain(m *testing.M) {
	interp.Main()
	farsidetest.Main(m)
}
