package vm_test

import (
	"reflect"
	"runtime"
	"slices"
	"testing"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// function makes a function without a frame of these instructions.
func function(c *vm.Code, ops ...vm.Op) *vm.Func {
	f := &vm.Func{Name: "f", Code: append(ops, (*vm.Frame).Return), Type: rtype.For[func()]()}
	c.Finish(f, 0, nil, nil)
	return f
}

// wait is an instruction that waits for ever, and says that it does.
func wait(waiting chan<- bool) vm.Op {
	return func(fr *vm.Frame) {
		waiting <- true
		fr.Thread.Receive(reflect.ValueOf(make(chan int)))
	}
}

func spawn(f *vm.Func) vm.Op { return func(fr *vm.Frame) { fr.Enter(f).Go() } }

func run(p *vm.Program, f *vm.Func) (ended *vm.Panic, finished bool) {
	p.Lead()
	_, ended, finished = p.Run(&vm.Closure{Fn: f, Code: p.Code}, nil)
	return ended, finished
}

func TestStopLeavesNoGoroutine(t *testing.T) {
	before := runtime.NumGoroutine()
	code, waiting := new(vm.Code), make(chan bool)
	inner := function(code, wait(waiting))
	loops := function(code, spawn(inner), func(fr *vm.Frame) {
		waiting <- true
		for {
			fr.Loop()
		}
	})
	p := code.NewProgram(new(vm.State))
	if ended, finished := run(p, function(code, spawn(inner), spawn(loops))); ended != nil || !finished {
		t.Fatal(ended, finished)
	}
	for range 3 {
		<-waiting
	}
	if n := p.Goroutines(); n != 3 || p.Retire() {
		t.Errorf("%d goroutines are left, want 3, and it must not be done", n)
	}
	p.Stop()
	p.Wait()
	if n := p.Goroutines(); n != 0 || !p.Retire() {
		t.Errorf("%d goroutines are left", n)
	}
	for runtime.NumGoroutine() > before { // the last is on its way out
		runtime.Gosched()
	}
}

func TestStopEndsWhatWaitsInRun(t *testing.T) {
	code, waiting := new(vm.Code), make(chan bool)
	p := code.NewProgram(new(vm.State))
	go func() { // ends with the stop
		<-waiting
		p.Stop()
	}()
	if ended, finished := run(p, function(code, wait(waiting))); ended != nil || finished {
		t.Errorf("ended %v, finished %v", ended, finished)
	}
}

// counter declares a variable, and gives a function that counts in it.
func counter(c *vm.Code) (f *vm.Func, number int) {
	number = c.Declare(rtype.For[int]())
	f = &vm.Func{Name: "count", Type: rtype.For[func()](), Globals: []vm.Global{{Off: 0, Number: number}}}
	f.Code = []vm.Op{func(fr *vm.Frame) { **(**int)(fr.At(0))++ }, (*vm.Frame).Return}
	c.Finish(f, unsafe.Sizeof(uintptr(0)), nil, nil)
	return f, number
}

func TestProgramsOfOneCodeHaveVariablesOfTheirOwn(t *testing.T) {
	code := new(vm.Code)
	count, number := counter(code)
	a, b := code.NewProgram(new(vm.State)), code.NewProgram(new(vm.State))
	shared := code.NewProgram(b.State)
	for _, p := range []*vm.Program{a, b, shared, b} {
		run(p, count)
	}
	if x, y := *(*int)(a.Variable(number)), *(*int)(b.Variable(number)); x != 1 || y != 3 {
		t.Errorf("counted %d and %d, want 1 and 3", x, y)
	}
}

// A func value is called by compiled code long after its program has ended.
func TestFuncValueKeepsItsProgram(t *testing.T) {
	code := new(vm.Code)
	count, number := counter(code)
	var kept func()
	keep := function(code, func(fr *vm.Frame) {
		f := (&vm.Closure{Fn: count, Program: fr.Thread.Program}).FuncValue()
		kept = *(*func())(unsafe.Pointer(&f))
	})
	old := code.NewProgram(new(vm.State))
	run(old, keep)
	if !old.Retire() {
		t.Error("it is not done")
	}
	next := code.NewProgram(new(vm.State))
	run(next, count)
	kept()
	kept()
	if x, y := *(*int)(old.Variable(number)), *(*int)(next.Variable(number)); x != 2 || y != 1 {
		t.Errorf("counted %d and %d, want 2 and 1", x, y)
	}
}

// A method that compiled code calls is that of the program whose goroutine it is.
func TestMethodRunsInTheProgramOfItsGoroutine(t *testing.T) {
	code := new(vm.Code)
	var found []*vm.Program
	look := function(code, func(*vm.Frame) { found = append(found, code.Program()) })
	a := code.NewProgram(new(vm.State))
	run(a, look)
	a.Retire()
	b := code.NewProgram(new(vm.State))
	run(b, look)
	b.Retire()
	a.Run(&vm.Closure{Fn: look, Code: code}, nil)
	found = append(found, code.Program())
	if want := []*vm.Program{a, b, a, b}; !slices.Equal(found, want) {
		t.Errorf("got %v, want %v", found, want)
	}
}

func TestProgramsThatEndedAreNotKept(t *testing.T) {
	const n = 50
	before := vm.Enrolled()
	func() {
		for range n {
			code := new(vm.Code)
			run(code.NewProgram(new(vm.State)), function(code))
		}
	}()
	for vm.Enrolled() > before { // or the test hangs
		runtime.GC()
	}
}

// A frame is used again: what it held must be gone, or the collector cannot have it,
// and constants must be as they were.
func TestFrameThatIsUsedAgainHoldsNothing(t *testing.T) {
	code := new(vm.Code)
	pointer, integer := rtype.For[*int](), rtype.For[int]()
	one := 1
	f := &vm.Func{Name: "f", Type: rtype.For[func()]()}
	var seen []any
	f.Code = []vm.Op{func(fr *vm.Frame) {
		seen = append(seen, *(**int)(fr.At(0)), *(*int)(fr.At(8)))
		*(**int)(fr.At(0)) = new(int)
	}, (*vm.Frame).Return}
	code.Finish(f, 16, []vm.Slot{{Off: 0, Type: pointer}}, []vm.Constant{{Slot: vm.Slot{Off: 8, Type: integer}, Value: unsafe.Pointer(&one)}})
	enter := func(fr *vm.Frame) {
		callee := fr.Enter(f)
		callee.Run()
		callee.Leave()
	}
	run(code.NewProgram(new(vm.State)), function(code, enter, enter))
	if want := []any{(*int)(nil), 1, (*int)(nil), 1}; !slices.Equal(seen, want) {
		t.Errorf("got %v", seen)
	}
}
