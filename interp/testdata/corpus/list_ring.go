//go:build ignore

package main

import (
	"container/list"
	"container/ring"
	"fmt"
	"strings"
)

func show(l *list.List) string {
	var sb strings.Builder
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Fprint(&sb, e.Value, " ")
	}
	return fmt.Sprintf("[%s] %d", strings.TrimSpace(sb.String()), l.Len())
}

func josephus(n, k int) (order []int) {
	r := ring.New(n)
	for i := 1; i <= n; i++ {
		r.Value = i
		r = r.Next()
	}
	r = r.Prev()
	for r.Len() > 1 {
		r = r.Move(k - 1)
		order = append(order, r.Unlink(1).Value.(int))
	}
	return append(order, r.Value.(int))
}

func main() {
	l := list.New()
	e4, e1 := l.PushBack(4), l.PushFront(1)
	l.InsertBefore("3", e4)
	l.InsertAfter(2.0, e1)
	fmt.Println(show(l))
	l.MoveToFront(e4)
	l.MoveToBack(e1)
	l.Remove(l.Front().Next())
	fmt.Println(show(l), e1.Next() == nil, e1.Prev().Value, l.Remove(e4), e4.Next() == nil)
	other := list.New()
	other.PushBack("o")
	l.PushBackList(other)
	l.PushFrontList(l)
	fmt.Println(show(l), l.Back().Value == "o")
	for e := l.Front(); e != nil; {
		next := e.Next()
		if _, ok := e.Value.(string); ok {
			l.Remove(e)
		}
		e = next
	}
	fmt.Println(show(l), show(l.Init()))
	var zero list.List
	zero.PushBack(1)
	fmt.Println(show(&zero))

	r := ring.New(4)
	for i := range r.Len() {
		r.Value = string(rune('a' + i))
		r = r.Next()
	}
	r.Do(func(v any) { fmt.Print(v, " ") })
	r.Move(2).Do(func(v any) { fmt.Print(v, " ") })
	s := &ring.Ring{Value: "x"}
	r.Link(s)
	fmt.Println(r.Len(), r.Next().Value, r.Prev().Value, josephus(7, 3))
}
