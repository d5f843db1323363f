//go:build ignore

package main

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

type celsius float64

func (c celsius) String() string { return strconv.FormatFloat(float64(c), 'f', -1, 64) + "°C" }

func parse[T any](f func(string) (T, error), texts ...string) {
	for _, s := range texts {
		v, err := f(s)
		var ne *strconv.NumError
		switch {
		case errors.As(err, &ne):
			fmt.Printf("%q: %v [%s %v] ", s, v, ne.Func, ne.Err)
		case err != nil:
			fmt.Printf("%q: %v ", s, err)
		default:
			fmt.Printf("%q: %v ", s, v)
		}
	}
	fmt.Println()
}

// base36 is what a shortener of addresses would use.
func base36(n uint64) string { return strings.ToUpper(strconv.FormatUint(n, 36)) }

func roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		v int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.v; n -= d.v {
			b.WriteString(d.s)
		}
	}
	return b.String()
}

func human(n int64) string {
	const units = "kMGTPE"
	if n < 1024 {
		return strconv.FormatInt(n, 10) + " B"
	}
	f, i := float64(n), -1
	for f >= 1024 && i < len(units)-1 {
		f /= 1024
		i++
	}
	return strconv.FormatFloat(f, 'f', 1, 64) + " " + units[i:i+1] + "iB"
}

func commas(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

func main() {
	parse(strconv.Atoi, "42", "-7", "+5", "", "1x", " 1", "99999999999999999999", "1_000")
	parse(strconv.ParseBool, "true", "T", "1", "FALSE", "yes")
	parse(func(s string) (int64, error) { return strconv.ParseInt(s, 0, 16) }, "0x7f", "-0b101", "0o17", "017", "40000", "1_000", "0x")
	parse(func(s string) (uint64, error) { return strconv.ParseUint(s, 16, 64) }, "ff", "FFFFFFFFFFFFFFFF", "-1", "g")
	parse(func(s string) (float64, error) { return strconv.ParseFloat(s, 64) }, "1.5", "1e3", "-.5", "inf", "NaN", "0x1p-2", "1e999", "1e-999", "1.5.2", "1_0.5")
	parse(func(s string) (float64, error) { return strconv.ParseFloat(s, 32) }, "0.1", "16777217", "1e39")
	parse(strconv.Unquote, `"a\tb"`, "`raw\\n`", `'x'`, `"open`, `"\u00e9\x41\101"`, `''`)
	parse(func(s string) (complex128, error) { return strconv.ParseComplex(s, 128) }, "1+2i", "3i", "x")
	_, err := strconv.ParseInt("1", 1, 64)
	_, err2 := strconv.ParseInt("1", 10, 65)
	fmt.Println(err, err2, errors.Is(err, strconv.ErrSyntax))

	fmt.Println(strconv.Itoa(-45), strconv.FormatInt(-255, 16), strconv.FormatInt(35, 36), strconv.FormatUint(math.MaxUint64, 2), strconv.FormatBool(true))
	for _, c := range []byte("eEfgGbx") {
		fmt.Print(strconv.FormatFloat(1234.5678, c, -1, 64), " ", strconv.FormatFloat(1234.5678, c, 2, 32), " ")
	}
	fmt.Println(strconv.FormatFloat(0.1, 'g', -1, 32), strconv.FormatFloat(100000000, 'g', -1, 64), strconv.FormatFloat(float64(float32(0.1)), 'g', -1, 64), strconv.FormatFloat(2.5, 'f', 0, 64))
	fmt.Println(strconv.Quote("tab\t\"q\" é \x00\xff\u2028"), strconv.QuoteToASCII("é世"), strconv.QuoteRune('☺'), strconv.QuoteRuneToASCII('☺'), strconv.QuoteToGraphic("\u00a0\t"), strconv.CanBackquote("a`b"), strconv.IsPrint('\u00ad'))
	b := strconv.AppendInt([]byte("n="), 42, 10)
	b = strconv.AppendQuote(append(b, ' '), "q")
	b = strconv.AppendFloat(append(b, ' '), 2.5, 'e', 1, 64)
	b = strconv.AppendBool(append(b, ' '), false)
	fmt.Println(string(b), celsius(36.60))
	r, multi, tail, err := strconv.UnquoteChar(`\u00e9rest`, '"')
	fmt.Println(string(r), multi, tail, err)
	fmt.Println(base36(1<<40), roman(1994), roman(3999), roman(4), human(1023), human(1<<20+1<<19), human(math.MaxInt64), commas(1234567), commas(-1000), commas(999))
}
