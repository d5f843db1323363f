package composite_test

import (
	"fmt"
	"math"
	"testing"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/ops/composite"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// A memory is what the frame of a test holds.
type memory struct {
	d, s           []int16
	p              *[3]int16
	dt, text       string
	low, high, max int
}

var offsets memory

const (
	offD, offS, offP = unsafe.Offsetof(offsets.d), unsafe.Offsetof(offsets.s), unsafe.Offsetof(offsets.p)
	offDT, offText   = unsafe.Offsetof(offsets.dt), unsafe.Offsetof(offsets.text)
	offLow, offHigh  = unsafe.Offsetof(offsets.low), unsafe.Offsetof(offsets.high)
	offMax           = unsafe.Offsetof(offsets.max)
)

// outcome gives what f gives, or the panic.
func outcome(f func() string) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprint("panic: ", r)
		}
	}()
	return f()
}

func shape(s []int16) string { return fmt.Sprint(s, len(s), cap(s)) }

// native slices as the compiled program does. T is the type of the operands.
func native[T int | uint](m *memory, use string) func() string {
	l, h, x := T(m.low), T(m.high), T(m.max)
	return map[string]func() string{
		"slice lh":   func() string { return shape(m.s[l:h]) },
		"slice l":    func() string { return shape(m.s[l:]) },
		"slice h":    func() string { return shape(m.s[:h]) },
		"slice lhx":  func() string { return shape(m.s[l:h:x]) },
		"slice hx":   func() string { return shape(m.s[:h:x]) },
		"array lh":   func() string { return shape(m.p[l:h]) },
		"array l":    func() string { return shape(m.p[l:]) },
		"array h":    func() string { return shape(m.p[:h]) },
		"array lhx":  func() string { return shape(m.p[l:h:x]) },
		"array hx":   func() string { return shape(m.p[:h:x]) },
		"string lh":  func() string { return m.text[l:h] },
		"string l":   func() string { return m.text[l:] },
		"string h":   func() string { return m.text[:h] },
		"slice none": func() string { return shape(m.s[:]) },
	}[use]
}

// own slices by an instruction.
func own(m *memory, kind, which string, unsigned bool) string {
	var b composite.Bounds
	for _, c := range which {
		switch c {
		case 'l':
			b.Low = &composite.Bound{Off: offLow, Unsigned: unsigned}
		case 'h':
			b.High = &composite.Bound{Off: offHigh, Unsigned: unsigned}
		case 'x':
			b.Max = &composite.Bound{Off: offMax, Unsigned: unsigned}
		}
	}
	elem, fr := rtype.For[int16](), &vm.Frame{Mem: unsafe.Pointer(m)}
	switch kind {
	case "slice":
		composite.Slice(elem, offD, offS, b)(fr)
	case "array":
		composite.SlicePointer(elem, len(m.p), offD, offP, b)(fr)
	default:
		composite.SliceString(offDT, offText, b)(fr)
		return m.dt
	}
	return shape(m.d)
}

// What a slice expression gives, and the words of its panic, are the runtime's for
// each order of operands that can be wrong, negative or too large.
func TestSlicingIsThatOfTheRuntime(t *testing.T) {
	values := []int{math.MinInt, -2, -1, 0, 1, 2, 3, 4, 5, 6, math.MaxInt}
	for _, use := range []struct{ kind, which string }{
		{"slice", "lh"}, {"slice", "l"}, {"slice", "h"}, {"slice", "lhx"}, {"slice", "hx"}, {"slice", "none"},
		{"array", "lh"}, {"array", "l"}, {"array", "h"}, {"array", "lhx"}, {"array", "hx"},
		{"string", "lh"}, {"string", "l"}, {"string", "h"},
	} {
		for i := range len(values) * len(values) * len(values) {
			m := &memory{s: []int16{1, 2, 3, 4, 5}[:3], p: &[3]int16{1, 2, 3}, text: "abc",
				low: values[i%len(values)], high: values[i/len(values)%len(values)], max: values[i/len(values)/len(values)]}
			for _, unsigned := range []bool{false, true} {
				want := outcome(native[int](m, use.kind+" "+use.which))
				if unsigned {
					want = outcome(native[uint](m, use.kind+" "+use.which))
				}
				if got := outcome(func() string { return own(m, use.kind, use.which, unsigned) }); got != want {
					t.Errorf("%s %s, low %d, high %d, max %d, unsigned %v:\ngot  %s\nwant %s", use.kind, use.which, m.low, m.high, m.max, unsigned, got, want)
				}
			}
		}
	}
}
