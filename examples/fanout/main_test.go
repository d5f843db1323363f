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
	// 10 far sides
	// total 49995000
}
