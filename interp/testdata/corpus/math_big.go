//go:build ignore

package main

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strings"
)

type money struct{ *big.Rat }

func (m money) String() string { return "$" + m.FloatString(2) }

func factorial(n int64) *big.Int {
	r := big.NewInt(1)
	for i := int64(2); i <= n; i++ {
		r.Mul(r, big.NewInt(i))
	}
	return r
}

func fib(n int) *big.Int {
	a, b := big.NewInt(0), big.NewInt(1)
	for range n {
		a.Add(a, b)
		a, b = b, a
	}
	return a
}

// pi counts digits with integers alone (Machin's formula).
func pi(digits int) string {
	unity := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits+10)), nil)
	arccot := func(x int64) *big.Int {
		sum, term := new(big.Int), new(big.Int).Div(unity, big.NewInt(x))
		x2 := big.NewInt(x * x)
		for n, sign := int64(1), 1; term.Sign() != 0; n, sign = n+2, -sign {
			t := new(big.Int).Div(term, big.NewInt(n))
			if sign < 0 {
				t.Neg(t)
			}
			sum.Add(sum, t)
			term.Div(term, x2)
		}
		return sum
	}
	p := arccot(5)
	p.Mul(p, big.NewInt(4)).Sub(p, arccot(239)).Mul(p, big.NewInt(4))
	s := p.String()
	return s[:1] + "." + s[1:digits]
}

func rsa(p, q, msg int64) (c, back *big.Int) {
	n := big.NewInt(p * q)
	phi := big.NewInt((p - 1) * (q - 1))
	e := big.NewInt(65537)
	d := new(big.Int).ModInverse(e, phi)
	c = new(big.Int).Exp(big.NewInt(msg), e, n)
	return c, new(big.Int).Exp(c, d, n)
}

func harmonic(n int64) *big.Rat {
	sum := new(big.Rat)
	for i := int64(1); i <= n; i++ {
		sum.Add(sum, big.NewRat(1, i))
	}
	return sum
}

func main() {
	f := factorial(30)
	fmt.Println(f, fib(200), f.BitLen(), f.TrailingZeroBits(), len(factorial(100).String()))
	fmt.Printf("%x %d %40d|%-40d|%+d %o %v %s %#x\n", f, f, f, fib(10), fib(10), fib(20), big.NewInt(-5), f.Text(36), big.NewInt(255))
	fmt.Println(pi(60))
	a, ok := new(big.Int).SetString("-123456789012345678901234567890", 10)
	b, _ := new(big.Int).SetString("ffffffffffffffff", 16)
	_, bad := new(big.Int).SetString("12x", 10)
	fmt.Println(a, ok, b, bad, a.Sign(), a.Cmp(b), a.CmpAbs(b), b.IsInt64(), b.IsUint64(), b.Uint64() == math.MaxUint64)
	q, r := new(big.Int).QuoRem(a, big.NewInt(97), new(big.Int))
	d, m := new(big.Int).DivMod(a, big.NewInt(97), new(big.Int))
	fmt.Println(q, r, d, m)
	x := new(big.Int)
	fmt.Println(x.Lsh(big.NewInt(1), 100), x.Rsh(x, 98).Int64(), x.Sqrt(big.NewInt(1e18)), x.GCD(nil, nil, big.NewInt(48), big.NewInt(36)))
	fmt.Println(new(big.Int).And(b, big.NewInt(0xff00)), new(big.Int).Not(big.NewInt(5)), new(big.Int).Xor(big.NewInt(6), big.NewInt(3)), b.Bit(3), new(big.Int).SetBit(new(big.Int), 70, 1), new(big.Int).Binomial(10, 3))
	fmt.Println(big.NewInt(97).ProbablyPrime(10), big.NewInt(91).ProbablyPrime(10), new(big.Int).Exp(big.NewInt(2), big.NewInt(127), nil))
	fmt.Println(rsa(10007, 10009, 424242))
	y := a
	y.Add(y, big.NewInt(1)) // the same number
	z := new(big.Int).Set(a)
	z.Abs(z)
	fmt.Println(a, y == a, z, a.Bytes()[:3], new(big.Int).SetBytes([]byte{1, 0}))

	h := harmonic(10)
	fmt.Println(h, h.FloatString(10), h.Num(), h.Denom(), h.IsInt(), new(big.Rat).SetFloat64(0.1), big.NewRat(4, -6))
	rat, _ := new(big.Rat).SetString("3.14159")
	rat2, _ := new(big.Rat).SetString("22/7")
	fl, exact := rat2.Float64()
	fmt.Println(rat, rat.Cmp(rat2), fl, exact, new(big.Rat).Quo(rat, rat2), new(big.Rat).Inv(rat2).RatString(), new(big.Rat).Mul(rat2, big.NewRat(7, 11)))
	total := money{new(big.Rat)}
	for range 10 {
		total.Add(total.Rat, big.NewRat(1, 10))
	}
	fmt.Println(total, total.Rat, total.IsInt(), money{big.NewRat(5, 3)})

	p := new(big.Float).SetPrec(200).SetInt64(2)
	s := new(big.Float).Sqrt(p)
	fmt.Println(s.Text('f', 50), s.Prec(), s.Mode(), new(big.Float).Mul(s, s).Cmp(p), s)
	g, _, err := big.ParseFloat("1.5e1000", 10, 64, big.ToNearestEven)
	i, acc := new(big.Float).SetFloat64(2.75).Int64()
	fmt.Println(g, err, i, acc, new(big.Float).Quo(big.NewFloat(1), big.NewFloat(3)), big.NewFloat(math.Inf(-1)))
	fmt.Printf("%.10f %10.2f|%e %g %v\n", s, s, s, big.NewFloat(1.5), new(big.Float).SetInt(f))
	js, err := json.Marshal(map[string]any{"n": f, "r": h, "neg": big.NewInt(-1)})
	var back struct {
		N *big.Int
		R *big.Rat
	}
	fmt.Println(string(js), err, json.Unmarshal(js, &back), back.N.Cmp(f), back.R.Cmp(h))
	var n big.Int
	fmt.Println(fmt.Sscan("0x1F", &n))
	fmt.Println(&n, n.String() == "31", strings.Repeat("9", 3), big.Jacobi(big.NewInt(2), big.NewInt(7)))
	func() {
		defer func() { fmt.Println(recover()) }()
		new(big.Int).Div(f, new(big.Int))
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		big.NewRat(1, 0)
	}()
}
