// Command farside runs Go code on a far side: in a child process, or on a machine
// where a socketserver runs.
//
//	farside exec -e 'fmt.Println("hello from", os.Getpid())'
//	farside repl
//
// It is its own worker, and serves as one for programs that are not.
package main

import (
	"os"

	"github.com/farside-go/farside/interp"
)

func main() {
	interp.Main()
	os.Exit(run(os.Args[1:], &terminal{in: os.Stdin, out: os.Stdout, err: os.Stderr}))
}
