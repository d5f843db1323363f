package model

import (
	"fmt"
	"reflect"
	"strconv"
)

var (
	floatLiterals  = []string{"0", "1", "-1", "0.5", "1e10", "-2.25", "3.14159", "1e-7", "123456.789", "16777217"}
	stringLiterals = []string{`""`, `"a"`, `"b\n"`, `"héllo"`, `"世界"`, `"\xff\x00z"`, "`raw\\n`", `"quote\"d"`, `"a\xf0b"`, `"0123456789"`}
)

// Literal gives a constant of a basic type, or of one declared by a basic type.
func (u *Universe) Literal(t *Type) (text string, ok bool) {
	switch {
	case t.IsInt():
		return typed(t, reflect.Int, u.intLiteral(t)), true
	case t.IsFloat():
		return typed(t, reflect.Invalid, Pick(u, floatLiterals)), true
	case t.IsComplex():
		return fmt.Sprintf("%s(complex(%s, %s))", t.Text, Pick(u, floatLiterals), Pick(u, floatLiterals)), true
	case t.IsString():
		return typed(t, reflect.String, Pick(u, stringLiterals)), true
	case t.IsBool():
		return typed(t, reflect.Bool, Pick(u, []string{"true", "false"})), true
	}
	return "", false
}

// typed writes a constant with its type, unless that is the type it has by itself.
func typed(t *Type, own reflect.Kind, value string) string {
	if t.Kind == own && !t.Declared {
		return value
	}
	return t.Text + "(" + value + ")"
}

// intLiteral gives a value that fits, often one at the edge.
func (u *Universe) intLiteral(t *Type) string {
	r, bits := u.Rand, t.Bits()
	if t.IsUnsigned() {
		maximum := ^uint64(0) >> (64 - bits)
		return strconv.FormatUint(Pick(u, []uint64{0, 1, 2, 3, 7, 100, maximum, maximum - 1, maximum/2 + 1, r.Uint64() & maximum}), 10)
	}
	minimum := int64(-1) << (bits - 1)
	return strconv.FormatInt(Pick(u, []int64{0, 1, -1, 2, 3, 7, 100, -100, minimum, minimum + 1, -(minimum + 1), r.Int64() >> (64 - bits)}), 10)
}
