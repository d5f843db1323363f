package worker

import (
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"

	"github.com/farside-go/farside/internal/proctree"
	"github.com/farside-go/farside/internal/reexec"
)

// Main turns this program into a worker if it was started as one: then it serves
// and never returns. Otherwise it only notes that the program can be its own
// worker, and returns at once. Call it first thing in main or TestMain.
func Main() { MainWith(nil) }

// MainWith is Main for entry points that bring an engine, such as that of package
// interp. The options are made only in a worker process.
func MainWith(options func() *Options) {
	able := reexec.Lean
	if options != nil {
		able = reexec.Full
	}
	reexec.Mark(able)
	wire, ok := reexec.Take()
	if !ok {
		return
	}
	os.Exit(run(wire, options))
}

// run does what the process was started for.
func run(wire string, options func() *Options) int {
	if path, ok := strings.CutPrefix(wire, reexec.Sum); ok {
		return printSum(path)
	}
	if order, ok := strings.CutPrefix(wire, reexec.Relay); ok {
		return relayProcess(order)
	}
	opts := &Options{}
	if options != nil {
		opts = options()
	}
	services := newServices()
	defer services.close()
	return serveProcess(wire, opts, services)
}

const (
	// maxStack ends a runaway recursion before it takes the machine's memory.
	maxStack = 256 << 20

	// gcPercent is for a small heap beside large tables of symbols: what a
	// collection costs is mostly to look through those.
	gcPercent = 300
)

// serveProcess serves the wire that the near side gave this process, and then
// ends all that was started here.
func serveProcess(wire string, opts *Options, services services) int {
	debug.SetMaxStack(maxStack)
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	proctree.Adopt()
	keepWritingToClosedPipes()
	conn, err := openWire(wire)
	if err != nil {
		fmt.Fprintf(os.Stderr, "worker: open the wire %q: %v\n", wire, err)
		return 2
	}
	opts.whole = true
	err = serve(conn, opts, services)
	proctree.KillDescendants()
	if err != nil {
		proctree.KillOwnGroup() // those that were started meanwhile too
		return 1
	}
	return 0
}

// keepWritingToClosedPipes keeps SIGPIPE from ending the process before it has
// cleaned up. The handler, unlike ignoring the signal, is not inherited.
func keepWritingToClosedPipes() {
	signals := brokenPipeSignals()
	if len(signals) > 0 {
		signal.Notify(make(chan os.Signal, 1), signals...)
	}
}
