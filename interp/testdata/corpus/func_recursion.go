//go:build ignore

package main

import (
	"fmt"
)

func hanoi(n int, from, to, via string, move func(a, b string)) {
	if n > 0 {
		hanoi(n-1, from, via, to, move)
		move(from, to)
		hanoi(n-1, via, to, from, move)
	}
}

func ackermann(m, n int) int {
	switch {
	case m == 0:
		return n + 1
	case n == 0:
		return ackermann(m-1, 1)
	}
	return ackermann(m-1, ackermann(m, n-1))
}

type church func(func(int) int) func(int) int

func succ(n church) church {
	return func(f func(int) int) func(int) int { return func(x int) int { return f(n(f)(x)) } }
}

// fix is the fixed point of a function of functions.
func fix[A, B any](f func(func(A) B) func(A) B) func(A) B {
	type self func(self) func(A) B
	g := func(s self) func(A) B {
		return f(func(a A) B { return s(s)(a) })
	}
	return g(g)
}

func queens(n int) (count int) {
	var place func(row int, cols, d1, d2 uint)
	place = func(row int, cols, d1, d2 uint) {
		if row == n {
			count++
			return
		}
		for free := ^(cols | d1 | d2) & (1<<n - 1); free != 0; free &= free - 1 {
			bit := free & -free
			place(row+1, cols|bit, (d1|bit)<<1, (d2|bit)>>1)
		}
	}
	place(0, 0, 0, 0)
	return
}

func isEven(n int) bool { return n == 0 || isOdd(n-1) }
func isOdd(n int) bool  { return n != 0 && isEven(n-1) }

func main() {
	var moves []string
	hanoi(3, "A", "C", "B", func(a, b string) { moves = append(moves, a+b) })
	fmt.Println(len(moves), moves)
	fmt.Println(ackermann(2, 3), isEven(100), isOdd(7), queens(6))

	zero := church(func(f func(int) int) func(int) int { return func(x int) int { return x } })
	three := succ(succ(succ(zero)))
	fmt.Println(three(func(n int) int { return n*2 + 1 })(0))
	fact := fix(func(self func(int) int) func(int) int {
		return func(n int) int {
			if n == 0 {
				return 1
			}
			return n * self(n-1)
		}
	})
	rev := fix(func(self func(string) string) func(string) string {
		return func(s string) string {
			if s == "" {
				return s
			}
			return self(s[1:]) + s[:1]
		}
	})
	fmt.Println(fact(15), rev("recursive"))

}
