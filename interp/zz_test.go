package interp_test

import (
	"fmt"
	"os"
	"testing"
)

func TestZZ(t *testing.T) {
	r := newRunner(t, nil)
	for i := range 300 {
		r.run(fmt.Sprintf(os.Getenv("SRC"), i))
	}
}
