package worker

import (
	"fmt"
	"runtime/debug"
	"strconv"

	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/memory"
	"github.com/farside-go/farside/internal/request"
)

// A Bounder is an [Engine] that ends the process, with a message that says where
// its programs are, when they make it use more memory than so many bytes.
type Bounder interface{ BoundMemory(bytes uint64) }

// leastBound is the least bound that is set unasked: a machine that has less left
// may still be able to make room.
const leastBound = 256 << 20

// boundMemory bounds what this process may use, before any program runs.
func (w *server) boundMemory(near *hello.Line) error {
	bound := w.opts.Memory
	if text := near.Fields[request.FieldMemory]; text != "" {
		var err error
		if bound, err = strconv.ParseUint(text, 10, 63); err != nil || bound == 0 {
			return fmt.Errorf("memory %q is not a number of bytes", text)
		}
	}
	if bound == 0 && w.opts.whole {
		bound = defaultBound()
	}
	if bound == 0 {
		return nil
	}
	// The collector works harder before it is too late. What the user of the
	// process has set may be less.
	soft := int64(bound - bound/16)
	debug.SetMemoryLimit(min(soft, debug.SetMemoryLimit(-1)))
	if engine, ok := w.opts.Engine.(Bounder); ok {
		engine.BoundMemory(bound)
	}
	return nil
}

// defaultBound is most of what there is, 0 if that is not known.
func defaultBound() uint64 {
	available := memory.Available()
	if available == 0 {
		return 0
	}
	return max(available/4*3, leastBound)
}
