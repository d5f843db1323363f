// Command socketserver lets programs that use farside run code on this machine. It
// is started once and need not be updated with them: each brings its own worker.
//
//	socketserver                          on loopback, with a fresh token
//	socketserver --listen :7000           for other machines, too
//	socketserver --listen unix:/run/fs    for this user's programs only
//
// It prints the spec that reaches it, for gateway.Open or farside exec --on.
package main

import (
	"os"

	"github.com/farside-go/farside/worker"
)

func main() {
	worker.Main() // a near side without a worker for this system may use this program
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}
