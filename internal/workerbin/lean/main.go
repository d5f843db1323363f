// Command lean is a worker without the interpreter, and nothing else: for far sides that
// run no source.
package main

import (
	"fmt"
	"os"

	"github.com/farside-go/farside/worker"
)

func main() {
	worker.Main()
	fmt.Fprintln(os.Stderr, "this is a worker of farside, which is started by those that open gateways")
	os.Exit(2)
}
