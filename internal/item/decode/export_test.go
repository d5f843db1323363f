package decode

import (
	"github.com/farside-go/farside/internal/item/form"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

// Unchecked decodes without judging the bytes as a whole first: the decoder alone must
// hold, on a machine where the check counts otherwise as well.
func Unchecked(data []byte) (any, error) {
	d := &decoder{Cursor: rawcbor.NewCursor(data, 0), s: &form.Settings{}}
	x, err := d.any()
	return x, err.Done()
}
