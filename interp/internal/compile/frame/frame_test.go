package frame_test

import (
	"go/constant"
	"testing"

	"github.com/farside-go/farside/interp/internal/compile/frame"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

var (
	intType  = rtype.For[int]()
	boolType = rtype.For[bool]()
)

func TestLentPlacesAreNotLentTwiceAtOnce(t *testing.T) {
	b := frame.New(&vm.Func{})
	x, y := b.Temp(intType), b.Temp(intType)
	if x == y {
		t.Errorf("both at %d", x)
	}
	n := b.InUse()
	z := b.Temp(intType)
	b.ReleaseTo(n)
	if again := b.Temp(intType); again != z {
		t.Errorf("what was given back at %d is not lent again, but %d", z, again)
	}
	b.Release()
	if lent := map[uintptr]bool{b.Temp(intType): true, b.Temp(intType): true, b.Temp(intType): true}; !lent[x] || !lent[y] || !lent[z] {
		t.Errorf("lent are %v, given back were %d, %d, %d", lent, x, y, z)
	}
	if other := b.Temp(rtype.For[uintptr]()); other == x || other == y || other == z {
		t.Errorf("an int's place at %d is lent for another type", other)
	}
}

func TestWhatIsSetAsideIsNotReleasedByOthers(t *testing.T) {
	b := frame.New(&vm.Func{})
	x := b.Temp(intType)
	back := b.SetAside()
	y := b.Temp(intType)
	b.Release()
	if z := b.Temp(intType); x == y || z != y || b.Temp(intType) == x {
		t.Errorf("places %d, %d, %d", x, y, z)
	}
	back()
	if z := b.Temp(intType); z == x {
		t.Errorf("the place at %d was given back", x)
	}
	b.Release()
	seen := map[uintptr]bool{b.Temp(intType): true, b.Temp(intType): true, b.Temp(intType): true}
	if !seen[x] {
		t.Errorf("the place at %d is lost", x)
	}
}

// The collector looks for pointers where they may be, and two variables without a
// size have two addresses.
func TestPlacesAreAlignedAndApart(t *testing.T) {
	b := frame.New(&vm.Func{})
	empty, small := b.Slot(rtype.For[struct{}]()), b.Slot(boolType)
	pointer, string16 := b.Slot(frame.PointerType), b.Slot(rtype.For[string]())
	last := b.Slot(rtype.For[int32]())
	if complex := b.Slot(rtype.For[complex64]()); complex%8 != 0 { // which is copied as one word
		t.Errorf("a complex64 at %d", complex)
	}
	if empty == small || pointer%8 != 0 || string16 < pointer+8 || string16%8 != 0 || last < string16+16 {
		t.Errorf("places %d, %d, %d, %d, %d", empty, small, pointer, string16, last)
	}
}

func TestConstantsAreOnePerTypeAndValue(t *testing.T) {
	b := frame.New(&vm.Func{})
	one, f := constant.MakeInt64(1), rtype.For[float64]()
	places := map[uintptr]string{
		b.Constant(one, intType):                                  "int 1",
		b.Constant(one, rtype.For[uint8]()):                       "uint8 1",
		b.Constant(one, f):                                        "float64 1",
		b.Constant(constant.MakeInt64(2), intType):                "int 2",
		b.Constant(constant.MakeString("1"), rtype.For[string]()): "string 1",
		b.Zero(intType):                                           "int 0",
	}
	if len(places) != 6 {
		t.Errorf("some share a place: %v", places)
	}
	if places[b.Constant(one, intType)] != "int 1" {
		t.Error("the same constant has two places")
	}
}

func TestConstantsHaveTheirValues(t *testing.T) {
	b := frame.New(&vm.Func{})
	ret := rtype.For[int8]()
	from := b.Constant(constant.MakeInt64(-127), ret)
	to := b.Slot(ret)
	b.Func.Results = []vm.Slot{{Off: to, Type: ret}}
	b.Moved(ret, from, &to)
	if got := run(b)[0]; got != int8(-127) {
		t.Errorf("got %v", got)
	}
}

// a[i], i = x, j: where a value goes is settled before anything is stored.
func TestSettledPlaceDoesNotMove(t *testing.T) {
	b := frame.New(&vm.Func{})
	i, s := b.Slot(intType), b.Slot(rtype.For[[]int]())
	b.Func.Results = []vm.Slot{{Off: s, Type: rtype.For[[]int]()}}
	b.Emit(func(fr *vm.Frame) { *(*[]int)(fr.At(s)) = make([]int, 3) })
	p := b.Settled(frame.Place{Kind: frame.Element, Type: intType, Off: s, Index: i})
	b.Moved(intType, b.Integer(2), &i)
	b.Store(p, b.Integer(7))
	if got := run(b)[0].([]int); got[0] != 7 || got[2] != 0 {
		t.Errorf("got %v", got)
	}
}

// run finishes a function and runs it.
func run(b *frame.Builder) (results []any) {
	code := new(vm.Code)
	b.Finish(code)
	values, ended, _ := code.NewProgram(new(vm.State)).Run(&vm.Closure{Fn: b.Func, Code: code}, nil)
	if ended != nil {
		panic(ended.Value)
	}
	for _, v := range values {
		results = append(results, v.Interface())
	}
	return results
}
