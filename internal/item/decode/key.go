package decode

import (
	"math/big"
	"reflect"
	"time"

	"github.com/farside-go/farside/internal/item/fail"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

var anyType = reflect.TypeFor[any]()

// maxKeyArray bounds the arrays made of received keys: each length is a new type, and the
// runtime keeps types for ever.
const maxKeyArray = 128

// anyKey decodes the next value into a generic form that can be the key of a Go map.
func (d *decoder) anyKey() (any, *fail.Error) {
	x, err := d.any()
	if err != nil {
		return nil, err
	}
	key, ok := asKey(x)
	if !ok {
		return nil, fail.Errorf("%T cannot be the key of a map[interface {}]interface {}: receive it into a typed map", x)
	}
	return key, nil
}

// asKey turns lists into arrays, which Go compares by content. A *big.Int it would compare
// by address, so that nobody could find it.
func asKey(x any) (any, bool) {
	switch x := x.(type) {
	case nil, bool, int, uint64, float64, string, time.Time, time.Duration:
		return x, true
	case *big.Int, map[string]any, map[any]any:
		return nil, false
	case []byte:
		if len(x) > maxKeyArray {
			return nil, false
		}
		key := reflect.New(reflect.ArrayOf(len(x), reflect.TypeFor[byte]())).Elem()
		reflect.Copy(key, reflect.ValueOf(x))
		return key.Interface(), true
	case []any:
		return arrayKey(x)
	}
	return x, reflect.ValueOf(x).Comparable()
}

func arrayKey(list []any) (any, bool) {
	if len(list) > maxKeyArray {
		return nil, false
	}
	key := reflect.New(reflect.ArrayOf(len(list), anyType)).Elem()
	for i, x := range list {
		elem, ok := asKey(x)
		if !ok {
			return nil, false
		}
		if elem != nil {
			key.Index(i).Set(reflect.ValueOf(elem))
		}
	}
	return key.Interface(), true
}

// usedKeys finds keys that come twice although Go tells them apart: pointers, and times
// in zones of their own.
type usedKeys struct{ encoded map[string]struct{} }

// twice reports whether the key, of which encoded are the bytes, was there before.
func (u *usedKeys) twice(encoded []byte, key any) bool {
	if major := encoded[0] >> 5; major != rawcbor.MajorArray && major != rawcbor.MajorMap && major != rawcbor.MajorTag {
		return false // compared by what it is
	}
	if _, again := u.encoded[string(encoded)]; again {
		v := reflect.ValueOf(&key).Elem()
		return v.Equal(v) // what holds a NaN may come many times
	}
	if u.encoded == nil {
		u.encoded = make(map[string]struct{})
	}
	u.encoded[string(encoded)] = struct{}{}
	return false
}
