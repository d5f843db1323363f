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
	// step 1 of 3
	// step 2 of 3
	// step 3 of 3
	// end of reports: EOF
	// the work is done
}
