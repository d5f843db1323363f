package form

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/farside-go/farside/internal/item/fail"
)

// Fault is an error as it travels.
type Fault struct {
	Name   string   `cbor:"n,omitempty"` // what kind of error: the name of its type
	Text   string   `cbor:"t,omitempty"`
	Stack  string   `cbor:"s,omitempty"`
	File   string   `cbor:"f,omitempty"`
	Line   int      `cbor:"l,omitempty"`
	Column int      `cbor:"c,omitempty"`
	Code   int      `cbor:"x,omitempty"`
	Is     []string `cbor:"i,omitempty"` // names of the sentinels that it is
}

// FaultPlan is the plan of a Fault.
var FaultPlan = PlanOf(reflect.TypeFor[Fault]())

// FaultOf describes err by ToFault, or by its text alone. The error is that of a method or
// hook that panicked.
func (s *Settings) FaultOf(err error) (Fault, error) {
	if s.ToFault == nil {
		return fail.Guard(func() (Fault, error) {
			return Fault{Name: fmt.Sprintf("%T", err), Text: err.Error()}, nil
		})
	}
	return fail.Guard(func() (Fault, error) { return s.ToFault(err), nil })
}

// ErrorOf makes an error of f by FromFault, or of its text alone. The second error is that
// of a hook that panicked.
func (s *Settings) ErrorOf(f Fault) (error, error) {
	if s.FromFault == nil {
		return errors.New(f.Text), nil
	}
	return fail.Guard(func() (error, error) { return s.FromFault(f), nil })
}
