//go:build ignore

package main

import (
	"cmp"
	"container/heap"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
)

// Heap is a priority queue over container/heap.
type Heap[T any] struct{ h inner[T] }

type inner[T any] struct {
	items []T
	less  func(a, b T) bool
}

func (h *inner[T]) Len() int           { return len(h.items) }
func (h *inner[T]) Less(i, j int) bool { return h.less(h.items[i], h.items[j]) }
func (h *inner[T]) Swap(i, j int)      { h.items[i], h.items[j] = h.items[j], h.items[i] }
func (h *inner[T]) Push(x any)         { h.items = append(h.items, x.(T)) }
func (h *inner[T]) Pop() any {
	last := h.items[len(h.items)-1]
	h.items = h.items[:len(h.items)-1]
	return last
}

func New[T any](less func(a, b T) bool, vs ...T) *Heap[T] {
	h := &Heap[T]{inner[T]{slices.Clone(vs), less}}
	heap.Init(&h.h)
	return h
}
func Min[T cmp.Ordered](vs ...T) *Heap[T] { return New(cmp.Less[T], vs...) }
func (h *Heap[T]) Push(v T)               { heap.Push(&h.h, v) }
func (h *Heap[T]) Pop() (v T, ok bool) {
	if h.h.Len() == 0 {
		return v, false
	}
	return heap.Pop(&h.h).(T), true
}
func (h *Heap[T]) Drain() iter.Seq[T] {
	return func(yield func(T) bool) {
		for v, ok := h.Pop(); ok && yield(v); v, ok = h.Pop() {
		}
	}
}

type task struct {
	name string
	prio int
	due  time.Duration
}

func byDue(a, b task) bool {
	return cmp.Or(cmp.Compare(a.due, b.due), -cmp.Compare(a.prio, b.prio), strings.Compare(a.name, b.name)) < 0
}

func MergeSorted[T cmp.Ordered](lists ...[]T) (out []T) {
	type cursor struct{ list, at int }
	h := New(func(a, b cursor) bool { return lists[a.list][a.at] < lists[b.list][b.at] })
	for i, l := range lists {
		if len(l) > 0 {
			h.Push(cursor{i, 0})
		}
	}
	for c := range h.Drain() {
		out = append(out, lists[c.list][c.at])
		if c.at++; c.at < len(lists[c.list]) {
			h.Push(c)
		}
	}
	return
}

type huff struct {
	freq        int
	text        string
	left, right *huff
}

func codes(text string) map[rune]string {
	count := map[rune]int{}
	for _, r := range text {
		count[r]++
	}
	h := New(func(a, b *huff) bool { return cmp.Or(cmp.Compare(a.freq, b.freq), cmp.Compare(a.text, b.text)) < 0 })
	for r, n := range count {
		h.Push(&huff{n, string(r), nil, nil})
	}
	for h.h.Len() > 1 {
		a, _ := h.Pop()
		b, _ := h.Pop()
		h.Push(&huff{a.freq + b.freq, min(a.text, b.text), a, b})
	}
	out := map[rune]string{}
	var walk func(*huff, string)
	walk = func(n *huff, prefix string) {
		if n.left == nil {
			out[[]rune(n.text)[0]] = prefix
			return
		}
		walk(n.left, prefix+"0")
		walk(n.right, prefix+"1")
	}
	root, _ := h.Pop()
	walk(root, "")
	return out
}

func main() {
	fmt.Println(slices.Collect(Min(5, 2, 8, 1, 2).Drain()), slices.Collect(Min("b", "a").Drain()), slices.Collect(New(func(a, b float64) bool { return a > b }, 1.5, 2.5).Drain()))
	h := New(byDue, task{"late", 9, time.Hour}, task{"b", 1, time.Minute}, task{"a", 1, time.Minute})
	h.Push(task{"urgent", 5, time.Minute})
	for t := range h.Drain() {
		fmt.Print(t.name, " ")
		if t.name == "a" {
			h.Push(task{"pushed while draining", 0, time.Second})
		}
	}
	v, ok := h.Pop()
	fmt.Println(v == task{}, ok)
	fmt.Println(MergeSorted([]int{1, 4, 7}, nil, []int{2, 5}, []int{3}), MergeSorted([]string{"a", "c"}, []string{"b"}))
	c := codes("abracadabra")
	bits := 0
	for _, r := range "abracadabra" {
		bits += len(c[r])
	}
	fmt.Println(c, bits)
}
