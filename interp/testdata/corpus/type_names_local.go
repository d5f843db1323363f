//go:build ignore

package main

import (
	"fmt"
	"io"
	"os"
)

type G[A any] struct{}
type my int
type My int

func F[T any]() any {
	type L struct{ x T }
	return L{}
}
func N[T any](n int) any {
	type L struct {
		v    T
		next *L
	}
	if n == 0 {
		return L{}
	}
	return &L{next: &L{}}
}

func (G[A]) m() any { type L struct{ a A }; return L{} }

func two[T, U any]() any {
	type L int
	type M []L
	return M{}
}

func literal[T any]() any {
	return func() any { type L int; return L(1) }()
}

func inner[T any]() any {
	type L int
	return F[L]()
}

func plain() any { type L int; return F[L]() }

type Alias = struct{ X int }

func main() {
	fmt.Printf("%T\n", G[struct{ My }]{})
	fmt.Printf("%T\n", G[struct{ my }]{})
	fmt.Printf("%T\n", G[struct{ *my }]{})
	fmt.Printf("%T\n", G[struct{ io.Reader }]{})
	fmt.Printf("%T\n", G[struct {
		X int `json:"x"`
		y *os.File
	}]{})
	fmt.Printf("%T\n", G[struct{}]{})
	fmt.Printf("%T\n", G[Alias]{})
	fmt.Printf("%T %T\n", N[string](0), N[my](1))
	fmt.Printf("%+v\n", N[my](0))
	fmt.Printf("%T %T %T\n", F[int](), F[map[string]my](), F[struct{ a int }]())
	fmt.Printf("%T %T %T\n", two[int, string](), literal[int](), inner[int]())
	fmt.Printf("%T %T %T\n", plain(), G[string]{}.m(), F[G[G[int]]]())
	fmt.Printf("%T %T\n", G[func(my) error]{}, G[[3]my]{})
	fmt.Println(F[int]() == F[int](), F[int]() == F[string]())
	type L = my
	type M struct{ L }
	type K int
	fmt.Printf("%T %T\n", G[M]{}, F[map[K]M]())
}
