package basic_test

import (
	"fmt"
	"go/token"
	"math"
	"testing"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/ops/basic"
	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

type integer interface {
	int | int8 | int16 | int32 | int64 | uint | uint8 | uint16 | uint32 | uint64 | uintptr
}

// do runs an instruction on a frame with two operands, a result and a count.
func do[T, R any](make func(d, a, b uintptr) vm.Op, x, y T) R {
	var mem struct {
		d    R
		a, b T
	}
	mem.a, mem.b = x, y
	make(unsafe.Offsetof(mem.d), unsafe.Offsetof(mem.a), unsafe.Offsetof(mem.b))(&vm.Frame{Mem: unsafe.Pointer(&mem)})
	return mem.d
}

// edges are the values at which the types differ.
func edges[T integer]() (list []T) {
	for _, x := range []int64{0, 1, 2, 3, 7, 100, 127, 128, 255, 256, 32767, 32768, 1 << 31, math.MaxInt64, -1, -2, -7, -128, -32768, math.MinInt32, math.MinInt64} {
		list = append(list, T(x))
	}
	return list
}

func check[T integer](t *testing.T) {
	rt := rtype.For[T]()
	t.Run(fmt.Sprint(rt.Reflect()), func(t *testing.T) {
		for _, x := range edges[T]() {
			for _, y := range edges[T]() {
				arithmetic(t, rt, x, y)
				comparison(t, rt, x, y)
			}
			for _, n := range []uint64{0, 1, 7, 8, 15, 31, 32, 63, 64, 1000, math.MaxUint64} {
				shift(t, rt, x, n)
			}
			unary := func(op token.Token) T {
				return do[T, T](func(d, a, _ uintptr) vm.Op { return basic.Unary(op, rt, d, a) }, x, 0)
			}
			if got, want := [2]T{unary(token.SUB), unary(token.XOR)}, [2]T{-x, ^x}; got != want {
				t.Errorf("-%d, ^%d: %v, want %v", x, x, got, want)
			}
		}
	})
}

func arithmetic[T integer](t *testing.T, rt *rtype.Type, x, y T) {
	t.Helper()
	want := map[token.Token]T{
		token.ADD: x + y, token.SUB: x - y, token.MUL: x * y, token.AND: x & y, token.OR: x | y, token.XOR: x ^ y, token.AND_NOT: x &^ y,
	}
	if y != 0 {
		want[token.QUO], want[token.REM] = x/y, x%y
	}
	for op, want := range want {
		got := do[T, T](func(d, a, b uintptr) vm.Op { return basic.Binary(op, rt, d, a, b) }, x, y)
		if got != want {
			t.Errorf("%d %s %d is %d, want %d", x, op, y, got, want)
		}
	}
}

func comparison[T integer](t *testing.T, rt *rtype.Type, x, y T) {
	t.Helper()
	for op, want := range map[token.Token]bool{
		token.EQL: x == y, token.NEQ: x != y, token.LSS: x < y, token.LEQ: x <= y, token.GTR: x > y, token.GEQ: x >= y,
	} {
		got := do[T, bool](func(d, a, b uintptr) vm.Op { return basic.Compare(op, rt, d, a, b) }, x, y)
		if got != want {
			t.Errorf("%d %s %d is %v", x, op, y, got)
		}
		jumps(t, rt, op, x, y, want)
	}
}

// jumps compares what an instruction jumps on with what the comparison is.
func jumps[T integer](t *testing.T, rt *rtype.Type, op token.Token, x, y T, want bool) {
	t.Helper()
	const target = 17
	mem := [2]T{x, y}
	size := unsafe.Sizeof(x)
	for name, jump := range map[string]vm.Op{
		"when":   basic.JumpWhen(op, rt, 0, size, &move.Label{PC: target}),
		"unless": basic.JumpUnless(op, rt, 0, size, &move.Label{PC: target}),
	} {
		if jump == nil {
			continue // there is none for the type
		}
		fr := &vm.Frame{Mem: unsafe.Pointer(&mem)}
		jump(fr)
		if got := fr.PC == target; got != (want == (name == "when")) {
			t.Errorf("jump %s %d %s %d: %v", name, x, op, y, got)
		}
	}
}

func shift[T integer](t *testing.T, rt *rtype.Type, x T, n uint64) {
	t.Helper()
	for _, left := range []bool{true, false} {
		want := x >> n
		if left {
			want = x << n
		}
		mem := struct {
			d, a T
			n    uint64
		}{a: x, n: n}
		basic.Shift(left, rt, unsafe.Offsetof(mem.d), unsafe.Offsetof(mem.a), unsafe.Offsetof(mem.n))(&vm.Frame{Mem: unsafe.Pointer(&mem)})
		if mem.d != want {
			t.Errorf("%d shifted by %d, to the left %v: %d, want %d", x, n, left, mem.d, want)
		}
	}
}

// One type's instruction for another is right for small numbers, which is what
// programs mostly have.
func TestIntegersAreGosAtTheirEdges(t *testing.T) {
	check[int](t)
	check[int8](t)
	check[int16](t)
	check[int32](t)
	check[int64](t)
	check[uint](t)
	check[uint8](t)
	check[uint16](t)
	check[uint32](t)
	check[uint64](t)
	check[uintptr](t)
}

func TestDivisionByZeroPanicsAsGoDoes(t *testing.T) {
	for _, op := range []token.Token{token.QUO, token.REM} {
		func() {
			defer func() {
				if err, _ := recover().(error); err == nil || err.Error() != "runtime error: integer divide by zero" {
					t.Errorf("%s: %v", op, err)
				}
			}()
			do[int, int](func(d, a, b uintptr) vm.Op { return basic.Binary(op, rtype.For[int](), d, a, b) }, 1, 0)
		}()
	}
}

// Comparisons with NaN are all false but one, so that no jump may stand for its
// opposite.
func TestNaNIsComparedAsInGo(t *testing.T) {
	nan := math.NaN()
	for op, want := range map[token.Token]bool{
		token.EQL: false, token.NEQ: true, token.LSS: false, token.LEQ: false, token.GTR: false, token.GEQ: false,
	} {
		rt := rtype.For[float64]()
		got := do[float64, bool](func(d, a, b uintptr) vm.Op { return basic.Compare(op, rt, d, a, b) }, nan, 1)
		if got != want || basic.JumpUnless(op, rt, 0, 8, &move.Label{}) != nil {
			t.Errorf("NaN %s 1 is %v", op, got)
		}
	}
}
