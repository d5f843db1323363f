//go:build ignore

package main

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strings"
)

// A field is what linear algebra needs of its numbers.
type field[T any] interface {
	add(T) T
	mul(T) T
	neg() T
	inv() T
	zero() bool
	fmt.Stringer
}

type real64 float64
type mod7 int
type rat struct{ *big.Rat }

func (a real64) add(b real64) real64 { return a + b }
func (a real64) mul(b real64) real64 { return a * b }
func (a real64) neg() real64         { return -a }
func (a real64) inv() real64         { return 1 / a }
func (a real64) zero() bool          { return math.Abs(float64(a)) < 1e-9 }
func (a real64) String() string      { return fmt.Sprintf("%.3f", float64(a)+0) }
func (a mod7) add(b mod7) mod7       { return (a + b) % 7 }
func (a mod7) mul(b mod7) mod7       { return a * b % 7 }
func (a mod7) neg() mod7             { return (7 - a) % 7 }
func (a mod7) inv() mod7 {
	for x := mod7(1); x < 7; x++ {
		if a.mul(x) == 1 {
			return x
		}
	}
	panic("no inverse")
}
func (a mod7) zero() bool     { return a == 0 }
func (a mod7) String() string { return fmt.Sprint(int(a)) }
func (a rat) add(b rat) rat   { return rat{new(big.Rat).Add(a.Rat, b.Rat)} }
func (a rat) mul(b rat) rat   { return rat{new(big.Rat).Mul(a.Rat, b.Rat)} }
func (a rat) neg() rat        { return rat{new(big.Rat).Neg(a.Rat)} }
func (a rat) inv() rat        { return rat{new(big.Rat).Inv(a.Rat)} }
func (a rat) zero() bool      { return a.Sign() == 0 }
func (a rat) String() string  { return a.RatString() }

type matrix[T field[T]] [][]T

var errSingular = errors.New("singular")

func of[T field[T]](conv func(int) T, rows ...[]int) matrix[T] {
	m := make(matrix[T], len(rows))
	for i, r := range rows {
		for _, v := range r {
			m[i] = append(m[i], conv(v))
		}
	}
	return m
}

// solve brings a copy of the matrix, with its last column, to the identity.
func (m matrix[T]) solve() (x []T, det T, err error) {
	a := make(matrix[T], len(m))
	for i := range m {
		a[i] = append([]T(nil), m[i]...)
	}
	for c := range a {
		p := c
		for p < len(a) && a[p][c].zero() {
			p++
		}
		if p == len(a) {
			return nil, det, fmt.Errorf("column %d: %w", c+1, errSingular)
		}
		if c == 0 {
			det = a[p][c]
		} else {
			det = det.mul(a[p][c])
		}
		if p != c {
			a[c], a[p] = a[p], a[c]
			det = det.neg()
		}
		inv := a[c][c].inv()
		for j := range a[c] {
			a[c][j] = a[c][j].mul(inv)
		}
		for i := range a {
			if f := a[i][c]; i != c && !f.zero() {
				for j := range a[i] {
					a[i][j] = a[i][j].add(f.mul(a[c][j]).neg())
				}
			}
		}
	}
	for _, row := range a {
		x = append(x, row[len(row)-1])
	}
	return x, det, nil
}

func show[T field[T]](name string, m matrix[T]) {
	x, det, err := m.solve()
	var parts []string
	for _, v := range x {
		parts = append(parts, v.String())
	}
	fmt.Printf("%s x=[%s] det=%v %v %v\n", name, strings.Join(parts, " "), det, err, errors.Is(err, errSingular))
}

func main() {
	toReal := func(n int) real64 { return real64(n) }
	toMod := func(n int) mod7 { return mod7((n%7 + 7) % 7) }
	toRat := func(n int) rat { return rat{big.NewRat(int64(n), 1)} }
	rows := [][]int{{2, 1, -1, 8}, {-3, -1, 2, -11}, {-2, 1, 2, -3}}
	show("real", of(toReal, rows...))
	show("mod7", of(toMod, rows...))
	show("rat", of(toRat, rows...))
	show("rat", of(toRat, []int{1, 2, 3}, []int{4, 5, 6}))
	show("swap", of(toReal, []int{0, 2, 4}, []int{3, 0, 6}))
	show("singular", of(toMod, []int{1, 2, 3}, []int{2, 4, 6}))
	var hilbert matrix[rat]
	for i := range 4 {
		var row []rat
		for j := range 4 {
			row = append(row, rat{big.NewRat(1, int64(i+j+1))})
		}
		hilbert = append(hilbert, append(row, toRat(1)))
	}
	show("hilbert", hilbert)
}
