package item

import (
	"github.com/farside-go/farside/internal/item/decode"
	"github.com/farside-go/farside/internal/item/encode"
	"github.com/farside-go/farside/internal/item/fail"
	"github.com/farside-go/farside/internal/item/form"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

// Codec encodes and decodes items. Its methods may be called from several goroutines at
// once as long as its fields do not change; the zero Codec has no limit and no references.
type Codec form.Settings

// What a Codec is set to, and what it says about items. MaxDepth is how deep arrays and
// maps may nest.
type (
	Ref   = form.Ref
	Raw   = form.Raw
	Fault = form.Fault
	Error = fail.Error
)

const MaxDepth = rawcbor.MaxDepth

// ErrTooLarge is what errors.Is finds in the *Error of an item over the size limit.
var ErrTooLarge = fail.ErrTooLarge

// Append appends the encoding of v to dst. On an error, which is an *Error, it returns dst
// as it was. The size limit counts the appended bytes only.
func (c *Codec) Append(dst []byte, v any) ([]byte, error) {
	return encode.Append((*form.Settings)(c), dst, v)
}

// Decode decodes the one item that is data into dst, a non-nil pointer; a *any gets the
// generic form. After an error, which is an *Error, dst may be partly set but every part
// of it is valid. Nothing in dst refers to data afterwards.
func (c *Codec) Decode(data []byte, dst any) error {
	return decode.Into((*form.Settings)(c), data, dst)
}
