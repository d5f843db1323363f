package main

import (
	"os"
	"testing"

	"github.com/farside-go/farside/interp"
)

func TestMain(m *testing.M) {
	interp.Main()
	os.Exit(m.Run())
}

func Example() {
	main()
	// Output:
	// hello from the far side
	// 42
}
