//go:build ignore

package main

import (
	"errors"
	"fmt"
)

var errEmpty = errors.New("empty")

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(vs ...T) *Stack[T] { s.items = append(s.items, vs...); return s }
func (s *Stack[T]) Pop() (v T, err error) {
	if len(s.items) == 0 {
		return v, errEmpty
	}
	last := len(s.items) - 1
	v, s.items = s.items[last], s.items[:last]
	return v, nil
}

func main() {
	type local struct{ n int }
	ls := Stack[local]{}
	ls.Push(local{1}, local{2})
	top, _ := ls.Pop()
	push := ls.Push
	push(local{3})
	same := (*Stack[local]).Push(&ls, local{4}) == &ls
	fmt.Println(top, ls.items, same, len(ls.items))
}
