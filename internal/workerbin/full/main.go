// Command full is a worker and nothing else. It is built for far sides where this
// program itself cannot be the worker.
package main

import (
	"fmt"
	"os"

	"github.com/farside-go/farside/interp"
)

func main() {
	interp.Main()
	fmt.Fprintln(os.Stderr, "this is a worker of farside, which is started by those that open gateways")
	os.Exit(2)
}
