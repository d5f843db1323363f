package rawcbor

import (
	"errors"
	"io"
	"math"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"github.com/farside-go/farside/internal/item/fail"
)

// MaxDepth is how deep arrays and maps may nest, in both directions.
const MaxDepth = 1000

// strictMode judges received bytes as a whole. Counts are bounded by the size of the item,
// since each element takes a byte at least.
var strictMode = must(cbor.DecOptions{
	MaxNestedLevels:  MaxDepth,
	MaxArrayElements: math.MaxInt32,
	MaxMapPairs:      math.MaxInt32,
	IndefLength:      cbor.IndefLengthForbidden,
}.DecMode())

func must(mode cbor.DecMode, err error) cbor.DecMode {
	if err != nil {
		panic(err) // the options above are constants
	}
	return mode
}

// Wellformed says what is wrong with data as one item.
func Wellformed(data []byte) *fail.Error {
	err := strictMode.Wellformed(data)
	if err == nil {
		return nil
	}
	var extra *cbor.ExtraneousDataError
	var deep *cbor.MaxNestedLevelError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fail.Errorf("the bytes end before the item does")
	case errors.As(err, &extra):
		return fail.Errorf("more bytes follow the item")
	case errors.As(err, &deep):
		return TooDeep()
	}
	return fail.Errorf("malformed: %s", strings.TrimPrefix(err.Error(), "cbor: "))
}

// TooDeep is for what is nested deeper than MaxDepth.
func TooDeep() *fail.Error { return fail.Errorf("nested deeper than %d levels", MaxDepth) }
