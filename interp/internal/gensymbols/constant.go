package main

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"math/big"
	"strings"
)

// untyped reports whether c is an untyped constant that needs a constant.Value.
// An untyped boolean does not: as a bool it loses nothing.
func untyped(c *types.Const) bool {
	b, ok := c.Type().(*types.Basic)
	return ok && b.Info()&types.IsUntyped != 0 && b.Info()&types.IsBoolean == 0
}

// untypedExpr gives the expression from which package stdlib makes the
// constant.Value of an untyped constant called name.
//
// Integers and strings name the constant itself, so that the compiler puts in
// the value that it has on the platform; math.MaxInt is why. A float has more
// digits than any typed constant can hold: it is a literal.
func untypedExpr(name string, v constant.Value) (string, error) {
	switch v.Kind() {
	case constant.String:
		return "string(" + name + ")", nil
	case constant.Int:
		if _, ok := constant.Int64Val(v); ok {
			return "int64(" + name + ")", nil
		}
		if _, ok := constant.Uint64Val(v); ok {
			return "uint64(" + name + ")", nil
		}
		return "", fmt.Errorf("constant %s: integer of over 64 bits", name)
	case constant.Float:
		lit := floatLiteral(v)
		if back := readFloat(lit); back.Kind() != constant.Float || back.ExactString() != v.ExactString() {
			return "", fmt.Errorf("constant %s: %s is not its value", name, lit)
		}
		return fmt.Sprintf("float(%q)", lit), nil
	}
	return "", fmt.Errorf("constant %s: kind %v is not supported", name, v.Kind())
}

// floatLiteral gives the exact value of v: as a decimal where that ends, else
// as a fraction of two integers; readFloat and package stdlib read both.
func floatLiteral(v constant.Value) string {
	switch f := constant.Val(v).(type) {
	case *big.Float:
		return f.Text('p', 0)
	case *big.Rat:
		if digits, ends := f.FloatPrec(); ends {
			return f.FloatString(digits)
		}
	}
	return v.ExactString()
}

// readFloat does what package stdlib does with a float.
func readFloat(lit string) constant.Value {
	num, den, fraction := strings.Cut(lit, "/")
	if !fraction {
		return constant.MakeFromLiteral(lit, token.FLOAT, 0)
	}
	return constant.BinaryOp(
		constant.MakeFromLiteral(num, token.INT, 0), token.QUO, constant.MakeFromLiteral(den, token.INT, 0))
}
