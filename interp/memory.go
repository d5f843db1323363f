package interp

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/farside-go/farside/interp/internal/vm"
)

// BoundMemory makes this process end, with a message that says where its programs
// were, when they make it use more memory than so many bytes. It is for the whole
// process, and the last call counts.
func (in *Interp) BoundMemory(bytes uint64) { vm.BoundMemory(bytes, outOfMemory) }

// outOfMemory ends the process. What was printed before is delivered first, if
// the near side takes it: memory may be running out further meanwhile.
func outOfMemory(e *vm.Exhausted) {
	const patience = 5 * time.Second
	flushed := make(chan struct{})
	go func() { // ends with the process
		flushAll(e.Reports)
		close(flushed)
	}()
	select {
	case <-flushed:
	case <-time.After(patience):
	}
	os.Stderr.WriteString(exhausted(e))
	os.Exit(statusFatal)
}

func flushAll(reports []vm.Report) {
	var all sync.WaitGroup
	done := make(map[*vm.Program]bool)
	for _, r := range reports {
		if !done[r.Program] {
			done[r.Program] = true
			all.Go(r.Program.Flush)
		}
	}
	all.Wait()
}

// exhausted words the end.
func exhausted(e *vm.Exhausted) string {
	var b strings.Builder
	b.WriteString("fatal error: out of memory: ")
	if e.Need > 0 {
		fmt.Fprintf(&b, "%d MiB more than the %d MiB in use were asked for at once", e.Need>>20, e.Used>>20)
	} else {
		fmt.Fprintf(&b, "%d MiB are in use", e.Used>>20)
	}
	fmt.Fprintf(&b, ", and %d MiB are allowed (memory=SIZE in the spec sets that)\n", e.Limit>>20)
	for _, r := range e.Reports {
		b.WriteString("\n" + r.Program.Describe(r.Stack))
	}
	if e.More > 0 {
		fmt.Fprintf(&b, "\n... and %d more goroutines\n", e.More)
	}
	return b.String()
}
