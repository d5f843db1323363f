//go:build ignore

package main

import (
	"container/heap"

	"fmt"
)

type item struct {
	value    string
	priority int
	index    int
}
type queue []*item

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].priority > q[j].priority }
func (q queue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].index, q[j].index = i, j
}
func (q *queue) Push(x any) {
	it := x.(*item)
	it.index = len(*q)
	*q = append(*q, it)
}
func (q *queue) Pop() any {
	old := *q
	n := len(old)
	it := old[n-1]
	old[n-1] = nil
	it.index = -1
	*q = old[:n-1]
	return it
}
func (q *queue) update(it *item, value string, priority int) {
	it.value, it.priority = value, priority
	heap.Fix(q, it.index)
}

type ints []int

func (h ints) Len() int           { return len(h) }
func (h ints) Less(i, j int) bool { return h[i] < h[j] }
func (h ints) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *ints) Push(x any)        { *h = append(*h, x.(int)) }
func (h *ints) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

// median keeps two heaps; the lower one holds negated numbers.
type median struct{ low, high ints }

func (m *median) add(n int) float64 {
	heap.Push(&m.low, -n)
	heap.Push(&m.high, -heap.Pop(&m.low).(int))
	if m.high.Len() > m.low.Len() {
		heap.Push(&m.low, -heap.Pop(&m.high).(int))
	}
	if m.low.Len() > m.high.Len() {
		return float64(-m.low[0])
	}
	return float64(m.high[0]-m.low[0]) / 2
}

func main() {
	q := &queue{}
	items := map[string]*item{}
	for i, name := range []string{"low", "mid", "high", "late"} {
		it := &item{value: name, priority: i * 10}
		items[name] = it
		heap.Push(q, it)
	}
	q.update(items["low"], "low, raised", 25)
	removed := heap.Remove(q, items["mid"].index).(*item)
	fmt.Println(removed.value, removed.index)
	for q.Len() > 0 {
		it := heap.Pop(q).(*item)
		fmt.Print(it.value, ":", it.priority, " ")
	}
	fmt.Println()
	h := &ints{5, 2, 8}
	heap.Init(h)
	heap.Push(h, 3)
	(*h)[0] = 10
	heap.Fix(h, 0)
	for h.Len() > 0 {
		fmt.Print(heap.Pop(h), " ")
	}
	var m median
	for _, n := range []int{5, 15, 1, 3, 8} {
		fmt.Print(m.add(n), " ")
	}
	fmt.Println()

}
