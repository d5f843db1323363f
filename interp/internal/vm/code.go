package vm

import (
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/rtype"
)

// A Code is what was compiled together: functions, and the types of variables
// that have no place yet. It runs as one [Program] after the other.
//
// Whatever holds on to a func value of a program calls that program, also when
// another one runs by then. The methods of the code's types are called by
// compiled code without a word of which program is meant: it is the one that runs
// on the goroutine, or else the newest.
type Code struct {
	mu        sync.Mutex
	funcs     int
	variables []*rtype.Type
	given     int // how many of the variables are each program's own

	newest  atomic.Pointer[Program]
	tracked atomic.Int32 // how many entries running has
	running sync.Map     // goroutine -> *Program, of programs that are tracked
}

// Declare gives a variable its number.
func (c *Code) Declare(t *rtype.Type) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.variables = append(c.variables, t)
	return len(c.variables) - 1
}

// Give is Declare for what each program has of its own, even if it shares its
// State. It comes before all Declares.
func (c *Code) Give(t *rtype.Type) int {
	c.given++
	return c.Declare(t)
}

// A State is the variables of a program, and what it has in place of symbols that
// are about the whole process. The lines of a session share one.
type State struct {
	variables atomic.Pointer[[]unsafe.Pointer]
	symbols   atomic.Pointer[[]reflect.Value]
}

// Grow makes the variables that were declared since it was last called.
func (s *State) Grow(c *Code) {
	var list []unsafe.Pointer
	if old := s.variables.Load(); old != nil {
		list = *old
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	missing := c.variables[len(list):]
	if len(missing) == 0 {
		return
	}
	list = slices.Grow(list, len(missing))
	for _, t := range missing {
		if len(list) < c.given {
			list = append(list, nil) // each program's own
		} else {
			list = append(list, rtype.New(t))
		}
	}
	s.variables.Store(&list)
}

// Symbols is how many symbols the state has.
func (s *State) Symbols() int {
	if list := s.symbols.Load(); list != nil {
		return len(*list)
	}
	return 0
}

// AddSymbols adds symbols to those that the state has.
func (s *State) AddSymbols(values []reflect.Value) {
	if len(values) == 0 {
		return
	}
	if old := s.symbols.Load(); old != nil {
		values = slices.Concat(*old, values)
	}
	s.symbols.Store(&values)
}

// Symbol gives what the program has in place of a symbol, by number.
func (p *Program) Symbol(i int) reflect.Value { return (*p.State.symbols.Load())[i] }

// Variable gives the place of a variable, by number.
func (p *Program) Variable(i int) unsafe.Pointer {
	if i < len(p.given) {
		return p.given[i]
	}
	return (*p.State.variables.Load())[i]
}

// Program gives the program that a method of the code's types runs in when
// compiled code calls it.
func (c *Code) Program() *Program {
	if p := c.here(); p != nil {
		return p
	}
	return c.newest.Load()
}

// here gives the program that runs on this goroutine, if it is tracked.
func (c *Code) here() *Program {
	if c.tracked.Load() == 0 {
		return nil
	}
	p, _ := c.running.Load(rtype.Goroutine())
	found, _ := p.(*Program)
	return found
}

// program gives the program that a func value runs in. Where programs share a
// State, it is the one that calls.
func (c *Closure) program() *Program {
	if c.Program == nil {
		return c.Code.Program()
	}
	if p := c.Program.Code.here(); p != nil && p.State == c.Program.State {
		return p
	}
	return c.Program
}

// Track makes it known from now on which goroutines the program runs on. It is
// asked for where another program of the same code may run beside this one.
func (p *Program) Track() { p.tracked.Store(true) }

// on notes that the program runs on this goroutine. The result takes it back.
func (p *Program) on() (off func()) {
	if !p.tracked.Load() {
		return func() {}
	}
	c, id := p.Code, rtype.Goroutine()
	before, nested := c.running.Swap(id, p)
	c.tracked.Add(1)
	return func() {
		c.tracked.Add(-1)
		if nested {
			c.running.Store(id, before)
		} else {
			c.running.Delete(id)
		}
	}
}

// Retire says that the program has ended. It reports whether nothing of it runs,
// so that another one of the same code can: what it left behind, a timer or a
// registered function, goes on with the variables of this one.
func (p *Program) Retire() bool {
	p.Track()
	return !p.Running()
}
