package composite

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/vm"
)

// A boundsError is the panic of an index or of bounds that are out of range, in
// the words of the runtime.
type boundsError string

func (boundsError) RuntimeError() {}

func (e boundsError) Error() string { return "runtime error: " + string(e) }

// A number is an index as the source has it. Those of unsigned types that do not
// fit an int are negative here.
type number struct {
	n        int
	unsigned bool
}

func (n number) negative() bool { return n.n < 0 && !n.unsigned }

func (n number) String() string {
	if n.unsigned {
		return strconv.FormatUint(uint64(n.n), 10)
	}
	return strconv.Itoa(n.n)
}

// outOfRange panics as indexing does: index i, length n.
func outOfRange(i number, n int) {
	if i.negative() {
		panic(boundsError(fmt.Sprintf("index out of range [%v]", i)))
	}
	panic(boundsError(fmt.Sprintf("index out of range [%v] with length %d", i, n)))
}

// A Bound is one of the operands of a slice expression: the place of an int.
type Bound struct {
	Off      uintptr
	Unsigned bool
}

// Bounds are the operands of a slice expression that are given.
type Bounds struct{ Low, High, Max *Bound }

// A cutting is a slice expression with the values of its operands.
type cutting struct {
	low, high, limit number
	full             bool
}

func (b *Bounds) read(fr *vm.Frame, length, capacity int) cutting {
	c := cutting{high: number{n: length}, limit: number{n: capacity}, full: b.Max != nil}
	for _, x := range []struct {
		from *Bound
		to   *number
	}{{b.Low, &c.low}, {b.High, &c.high}, {b.Max, &c.limit}} {
		if x.from != nil {
			*x.to = number{*move.At[int](fr, x.from.Off), x.from.Unsigned}
		}
	}
	return c
}

// fits reports whether the operands are in order.
func (c *cutting) fits(capacity int) bool {
	return uint(c.limit.n) <= uint(capacity) && uint(c.high.n) <= uint(c.limit.n) && uint(c.low.n) <= uint(c.high.n)
}

// fail panics as slicing does. size is the length of what is sliced, or the
// capacity of a slice, which is what is said to be there.
func (c *cutting) fail(size int, what string) {
	of := fmt.Sprintf(" with %s %d", what, size)
	switch {
	case c.full && uint(c.limit.n) > uint(size):
		badBounds("[::%]", c.limit, of)
	case c.full && uint(c.high.n) > uint(c.limit.n):
		badBounds("[:%:"+c.limit.String()+"]", c.high, "")
	case c.full:
		badBounds("[%:"+c.high.String()+":]", c.low, "")
	case uint(c.high.n) > uint(size):
		badBounds("[:%]", c.high, of)
	default:
		badBounds("[%:"+c.high.String()+"]", c.low, "")
	}
}

// badBounds panics with a form in which the bad operand stands for %. Where that
// is negative the runtime says nothing else.
func badBounds(form string, bad number, of string) {
	if bad.negative() {
		before, after, _ := strings.Cut(form, "%")
		after = strings.TrimLeft(after, ":0123456789-")
		if colons := strings.Count(form, ":"); strings.HasPrefix(before, "[:") {
			after = strings.Repeat(":", colons-strings.Count(before, ":")) + after
		} else {
			after = strings.Repeat(":", colons) + after
		}
		form, of = before+"%"+after, ""
	}
	panic(boundsError("slice bounds out of range " + strings.Replace(form, "%", bad.String(), 1) + of))
}
