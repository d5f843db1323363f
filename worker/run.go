package worker

import (
	"fmt"
	"os"
	"runtime"

	"github.com/farside-go/farside/internal/reexec"
	"github.com/farside-go/farside/internal/registry"
)

// Run is the whole main of a program that is one far function: a worker that runs f (and
// functions that it registers), and does nothing else, for a near side that knows it as the program's function. It never
// returns. Such programs are what gateway.Build makes.
//
// In a process that no near side started it says what the program is, and exits with
// status 2, as it does if f is no far function.
func Run(f any) {
	entry, err := registry.AddMain(f)
	if err != nil {
		fmt.Fprintf(os.Stderr, "worker: run: %v\n", err)
		os.Exit(statusUsage)
	}
	reexec.Mark(reexec.Lean)
	if wire, ok := reexec.Take(); ok {
		os.Exit(serveProcess(wire, &Options{}, nil))
	}
	fmt.Fprintf(os.Stderr, "%s is a far side: it runs the function %s for the program that starts it with farside's gateway.Build, "+
		"and does nothing by itself.\n", os.Args[0], runtime.FuncForPC(entry.Func.Pointer()).Name())
	os.Exit(statusUsage)
}

// statusUsage is the exit status of a program that was started in a wrong way.
const statusUsage = 2
