// Package sql has the generic part of the standard package of that name.
package sql

import (
	"database/sql/driver"
	"reflect"

	"github.com/farside-go/farside/interp/internal/generic/native"
)

// A Null is an sql.Null.
type Null[T any] struct {
	V     T
	Valid bool
}

// Scan implements sql.Scanner.
func (n *Null[T]) Scan(value any) error {
	if value == nil {
		n.V, n.Valid = *new(T), false
		return nil
	}
	n.Valid = true
	return native.ConvertAssign(&n.V, value)
}

// Value implements driver.Valuer.
func (n Null[T]) Value() (driver.Value, error) {
	if !n.Valid {
		return nil, nil
	}
	v := any(n.V)
	if valuer, ok := v.(driver.Valuer); ok {
		val, err := valueOf(valuer)
		if err != nil {
			return val, err
		}
		v = val
	}
	return driver.DefaultParameterConverter.ConvertValue(v)
}

var valuerType = reflect.TypeOf((*driver.Valuer)(nil)).Elem()

// valueOf asks a valuer, but takes a nil pointer for NULL where the method is not
// the pointer's own.
func valueOf(valuer driver.Valuer) (driver.Value, error) {
	v := reflect.ValueOf(valuer)
	if v.Kind() == reflect.Pointer && v.IsNil() && v.Type().Elem().Implements(valuerType) {
		return nil, nil
	}
	return valuer.Value()
}
