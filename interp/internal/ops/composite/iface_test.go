package composite_test

import (
	"fmt"
	"testing"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/ops/composite"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

type (
	takesInt    struct{ n int }
	onPointer   struct{ n int }
	givesResult struct{}
	hidden      struct{}

	wantsString interface{ M(string) }
	wantsInt    interface{ M(int) }
	wantsResult interface {
		M(int)
		R() int
	}
	wantsHidden interface{ m() }
	wantsTwo    interface {
		m()
		other()
	}
)

func (takesInt) M(int)        {}
func (*onPointer) M(int)      {}
func (givesResult) M(int)     {}
func (givesResult) R() string { return "" }
func (hidden) m()             {}

// asserted gives what an assertion to I gives, or its panic, for a value in an any and
// in a fmt.Stringer-like interface From.
func asserted[I, From any](v From) (got, want string) {
	mem := struct {
		from From
		to   I
		ok   bool
	}{from: v}
	fr, okAt := &vm.Frame{Mem: unsafe.Pointer(&mem)}, unsafe.Offsetof(mem.ok)
	to, from := rtype.For[I](), rtype.For[From]()
	do := func(ok *uintptr) string {
		if to.Reflect().Kind().String() == "interface" {
			composite.AssertInterface(to, from, unsafe.Offsetof(mem.to), unsafe.Offsetof(mem.from), ok)(fr)
		} else {
			composite.Assert(to, from, unsafe.Offsetof(mem.to), unsafe.Offsetof(mem.from), ok)(fr)
		}
		return fmt.Sprintf("%T %v", mem.to, mem.to)
	}
	got = outcome(func() string { return do(nil) })
	got += fmt.Sprint("; ", do(&okAt), mem.ok)
	want = outcome(func() string { x := any(mem.from).(I); return fmt.Sprintf("%T %v", x, x) })
	x, ok := any(mem.from).(I)
	return got, want + fmt.Sprint("; ", fmt.Sprintf("%T %v", x, x), ok)
}

// A failed assertion names the types and the method that the runtime names.
func TestAssertionsSayWhatTheRuntimeSays(t *testing.T) {
	check := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("\ngot  %s\nwant %s", got, want)
		}
	}
	check(asserted[wantsInt](any(takesInt{1})))
	check(asserted[wantsString](any(takesInt{1})))
	check(asserted[wantsResult](any(takesInt{1})))
	check(asserted[wantsResult](any(givesResult{})))
	check(asserted[wantsInt](any(onPointer{1})))
	check(asserted[wantsInt](any(&onPointer{1})))
	check(asserted[wantsHidden](any(hidden{})))
	check(asserted[wantsTwo](any(hidden{})))
	check(asserted[wantsHidden](any(takesInt{1})))
	check(asserted[wantsInt](any(nil)))
	check(asserted[any](any(nil)))
	check(asserted[int](any("text")))
	check(asserted[int](any(nil)))
	check(asserted[string](any("text")))
	check(asserted[takesInt](any(takesInt{7})))
	check(asserted[*onPointer](any((*onPointer)(nil))))
	check(asserted[[3]int](any([3]int{1, 2, 3})))
}
