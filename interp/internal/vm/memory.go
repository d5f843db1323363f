package vm

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/farside-go/farside/internal/memory"
)

// large is from what size on memory is looked at before it is allocated: all
// that is smaller is seen by the collector soon enough.
const large = 1 << 20

// bound is what the programs of this process are kept within, nil if nothing.
var bound atomic.Pointer[limit]

type limit struct {
	bytes uint64
	fatal func(*Exhausted)

	deciding sync.Mutex // held by whoever finds out whether memory is out
	paused   atomic.Pointer[pause]
}

// BoundMemory makes fatal be called when this process uses more memory than so
// many bytes, and collecting does not help. fatal does not return.
func BoundMemory(bytes uint64, fatal func(*Exhausted)) {
	l := &limit{bytes: bytes, fatal: fatal}
	bound.Store(l)
	memory.Watch(bytes, func() {
		l.deciding.Lock()
		defer l.deciding.Unlock()
		l.decide(nil, 0)
	})
}

// An Exhausted says that memory is out, and where the programs were then.
type Exhausted struct {
	Limit, Used uint64
	Need        uint64 // what was asked for at once, 0 if it was used up bit by bit
	Reports     []Report
	More        int // goroutines that are not among the reports
}

// A Report is where one goroutine of a program was.
type Report struct {
	Program *Program
	Stack   []Location
}

// Allocate is called before the program allocates, and where it may do so without
// end. It returns if there is memory for that.
func (fr *Frame) Allocate(size uintptr) {
	if size >= large || fr.Thread.Program.signals.Load()&pausing != 0 {
		fr.Thread.allocate(uint64(size))
	}
}

func (th *Thread) allocate(size uint64) {
	th.pause()
	l := bound.Load()
	if l == nil || size < large || memory.InUse()+size <= l.bytes {
		return
	}
	if !l.deciding.TryLock() {
		l.paused.Load().report(th)
		l.deciding.Lock()
	}
	defer l.deciding.Unlock()
	l.decide(th, size)
}

// pause waits while memory is looked after.
func (th *Thread) pause() {
	if l := bound.Load(); l != nil {
		if p := l.paused.Load(); p != nil {
			p.report(th)
			<-p.over
		}
	}
}

// decide finds out whether need bytes can be had, for th if that is not nil. The
// programs wait meanwhile, so that they cannot take more.
func (l *limit) decide(th *Thread, need uint64) {
	p := &pause{over: make(chan struct{})}
	l.paused.Store(p)
	programs := enrolled()
	for _, program := range programs {
		program.signals.Or(pausing)
	}
	p.report(th)
	if !memory.Fits(l.bytes, need) {
		p.await(programs)
		l.fatal(&Exhausted{Limit: l.bytes, Used: memory.InUse(), Need: need, Reports: p.reports, More: p.more})
	}
	for _, program := range programs {
		program.signals.And(^uint32(pausing))
	}
	l.paused.Store(nil)
	close(p.over)
}

// A pause is a time in which programs wait, and tell where.
type pause struct {
	over chan struct{}

	mu      sync.Mutex
	reports []Report
	more    int
}

// report notes where a thread is.
func (p *pause) report(th *Thread) {
	if p == nil || th == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.add(th.Program, th.Stack)
}

const (
	mostReports = 16
	mostFrames  = 8
)

func (p *pause) add(program *Program, where func() []Location) {
	if len(p.reports) == mostReports {
		p.more++
		return
	}
	stack := where()
	if more := len(stack) - mostFrames; more > 0 {
		stack = append(stack[:mostFrames:mostFrames], Location{Skipped: more})
	}
	p.reports = append(p.reports, Report{program, stack})
}

// has reports whether a goroutine of a program has told where it is.
func (p *pause) has(program *Program) bool {
	for _, r := range p.reports {
		if r.Program == program {
			return true
		}
	}
	return false
}

// await waits a moment for the programs that run to tell where they are. Of those
// that do not, since they are in compiled code, it is looked up. The pause keeps
// its lock: what it knows is final.
func (p *pause) await(programs []*Program) {
	const patience = 100 * time.Millisecond
	deadline := time.Now().Add(patience)
	for {
		p.mu.Lock()
		var silent []*Program
		for _, program := range programs {
			if program.Running() && !p.has(program) {
				silent = append(silent, program)
			}
		}
		if len(silent) == 0 || time.Now().After(deadline) {
			for _, program := range silent {
				p.add(program, program.root.Load().glimpse)
			}
			return
		}
		p.mu.Unlock()
		time.Sleep(time.Millisecond)
	}
}

// glimpse is Stack for the thread of another goroutine, which is in compiled code
// as far as we know. If it is not, what it tells is a little wrong, but the
// process ends with it anyway.
//
//go:norace
func (th *Thread) glimpse() (stack []Location) {
	if th == nil {
		return nil
	}
	for fr := th.top; fr != nil && len(stack) <= mostFrames; fr = fr.caller {
		stack = append(stack, Location{Func: fr.Fn.Name, Pos: fr.Fn.posBefore(fr.PC)})
	}
	return stack
}
