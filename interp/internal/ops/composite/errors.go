package composite

import (
	"fmt"
	"runtime"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/rtype"
)

// conversionError is what the conversion of a short slice to an array panics
// with.
type conversionError struct{ have, want int }

var _ runtime.Error = conversionError{}

func (conversionError) RuntimeError() {}

func (e conversionError) Error() string {
	return fmt.Sprintf("runtime error: cannot convert slice with length %d to array or pointer to array with length %d", e.have, e.want)
}

// badAssertion panics as a type assertion does: an interface of type inter that
// holds a dynamic type (or nil) is not of type want.
func badAssertion(inter, dynamic, want *rtype.Type) {
	e := new(runtime.TypeAssertionError)
	*(*assertionError)(unsafe.Pointer(e)) = assertionError{inter: inter, concrete: dynamic, asserted: want}
	panic(e)
}

// assertionError lies as runtime.TypeAssertionError does.
type assertionError struct {
	inter, concrete, asserted *rtype.Type
	missing                   string
}
