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
	// 14 x 14 = 196
	// 16 x 16 = 256
	// 24 x 24 = 576
	// the far side stopped
}
