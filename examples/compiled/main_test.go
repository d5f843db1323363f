package main

import (
	"os"
	"testing"

	"github.com/farside-go/farside/worker"
)

func TestMain(m *testing.M) {
	worker.Main()
	os.Exit(m.Run())
}

func Example() {
	main()
	// Output:
	// diff before…
	// --- before
	// +++ after
	// @@ -1,2 +1,…
	//  one
	// -two
	// +三三三三三…
	// a toolchain over there: false
}
