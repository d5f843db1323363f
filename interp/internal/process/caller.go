package process

import (
	"fmt"
	"io"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/vm"
)

// What package runtime tells of the stack is about the process's own code. These
// functions tell of the program's in its place. The numbers that stand for its
// program counters are none of the process; what they are given otherwise they
// pass on.

// bindRuntime gives the functions and methods of package runtime that are about
// the stack.
func (s *View) bindRuntime(name string) reflect.Value {
	var f any
	switch name {
	case "Caller":
		f = func(th *vm.Thread, skip int) (uintptr, string, int, bool) { return s.caller(th, skip) }
	case "Callers":
		f = func(th *vm.Thread, skip int, pcs []uintptr) int { return s.callers(th, skip, pcs) }
	case "CallersFrames":
		f = callersFrames
	case "FuncForPC":
		f = funcForPC
	case "Frames.Next":
		f = nextFrame
	case "Func.Name":
		f = func(fn *runtime.Func) string { return funcOf(fn, fn.Name, func(s vm.Site) string { return s.Func }) }
	case "Func.Entry":
		f = func(fn *runtime.Func) uintptr { return funcOf(fn, fn.Entry, vm.Site.Counter) }
	case "Func.FileLine":
		f = fileLine
	case "Stack":
		f = func(th *vm.Thread, buf []byte, all bool) int { return copy(buf, s.stack(th)) }
	default:
		return reflect.Value{}
	}
	return reflect.ValueOf(f)
}

// bindDebug gives those of runtime/debug.
func (s *View) bindDebug(name string) reflect.Value {
	switch name {
	case "Stack":
		return reflect.ValueOf(func(th *vm.Thread) []byte { return []byte(s.stack(th)) })
	case "PrintStack":
		return reflect.ValueOf(func(th *vm.Thread) { io.WriteString(s.Stderr(), s.stack(th)) })
	}
	return reflect.Value{}
}

func (s *View) caller(th *vm.Thread, skip int) (uintptr, string, int, bool) {
	sites := th.Callers(s.host.Load().Position)
	if skip < 0 || skip >= len(sites) {
		return 0, "", 0, false
	}
	return sites[skip].Counter() + 1, sites[skip].File, sites[skip].Line, true
}

func (s *View) callers(th *vm.Thread, skip int, pcs []uintptr) int {
	sites := append([]vm.Site{{Func: "runtime.Callers", File: "runtime/extern.go", Line: 1}}, th.Callers(s.host.Load().Position)...)
	n := 0
	for i := max(skip, 0); i < len(sites) && n < len(pcs); i++ {
		pcs[n] = sites[i].Counter() + 1
		n++
	}
	return n
}

func (s *View) stack(th *vm.Thread) string {
	var b strings.Builder
	b.WriteString("goroutine 1 [running]:\n")
	for _, site := range th.Callers(s.host.Load().Position) {
		fmt.Fprintf(&b, "%s(...)\n\t%s:%d\n", site.Func, site.File, site.Line)
	}
	return b.String()
}

// The values below are made up: what they point to is only looked up here.
var (
	madeFrames  sync.Map // *runtime.Frames -> *[]uintptr
	madeFuncs   sync.Map // *runtime.Func -> vm.Site
	funcsBySite sync.Map // vm.Site -> *runtime.Func
)

func callersFrames(pcs []uintptr) *runtime.Frames {
	ours := false
	for _, pc := range pcs {
		_, known := vm.SiteOf(pc - 1)
		ours = ours || known
	}
	if !ours {
		return runtime.CallersFrames(pcs)
	}
	frames := new(runtime.Frames)
	left := append([]uintptr(nil), pcs...)
	madeFrames.Store(frames, &left)
	return frames
}

func nextFrame(frames *runtime.Frames) (frame runtime.Frame, more bool) {
	v, ok := madeFrames.Load(frames)
	if !ok {
		return frames.Next()
	}
	left := v.(*[]uintptr)
	if len(*left) == 0 {
		return frame, false
	}
	pc := (*left)[0]
	*left = (*left)[1:]
	if len(*left) == 0 {
		madeFrames.Delete(frames)
	}
	if site, ok := vm.SiteOf(pc - 1); ok {
		fn := funcForPC(pc)
		frame = runtime.Frame{PC: pc - 1, Func: fn, Function: site.Func, File: site.File, Line: site.Line, Entry: site.Counter()}
	} else {
		frame, _ = runtime.CallersFrames([]uintptr{pc}).Next()
	}
	return frame, len(*left) > 0
}

func funcForPC(pc uintptr) *runtime.Func {
	site, ok := vm.SiteOf(pc - 1)
	if !ok {
		return runtime.FuncForPC(pc)
	}
	if fn, ok := funcsBySite.Load(site); ok {
		return fn.(*runtime.Func)
	}
	fn := (*runtime.Func)(unsafe.Pointer(new([64]byte)))
	madeFuncs.Store(fn, site)
	funcsBySite.Store(site, fn)
	return fn
}

// funcOf asks one of our functions, or one of the process.
func funcOf[T any](fn *runtime.Func, real func() T, ours func(vm.Site) T) T {
	if site, ok := madeFuncs.Load(fn); ok {
		return ours(site.(vm.Site))
	}
	return real()
}

func fileLine(fn *runtime.Func, pc uintptr) (string, int) {
	if _, ok := madeFuncs.Load(fn); !ok {
		return fn.FileLine(pc)
	}
	site, _ := vm.SiteOf(pc)
	return site.File, site.Line
}

// bindReflect gives reflect.Value.Pointer: that of a function of the program is
// what FuncForPC knows it by.
func bindReflect(name string) reflect.Value {
	if name != "Value.Pointer" {
		return reflect.Value{}
	}
	return reflect.ValueOf(func(v reflect.Value) uintptr {
		if v.Kind() == reflect.Func && !v.IsNil() {
			fn := v.Interface()
			if c := vm.ClosureOf((*[2]unsafe.Pointer)(unsafe.Pointer(&fn))[1]); c != nil && c.Fn != nil {
				return vm.Site{Func: c.Fn.Name}.Counter() + 1
			}
		}
		return v.Pointer()
	})
}
