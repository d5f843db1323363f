//go:build ignore

package main

import (
	"fmt"
	"sort"
	"sync"
	"sync/atomic"
)

type Guarded[T any] struct {
	mu sync.Mutex
	v  T
}

func Guard[T any](v T) *Guarded[T] { return &Guarded[T]{v: v} }
func (g *Guarded[T]) With(f func(*T)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	f(&g.v)
}
func (g *Guarded[T]) Get() (v T) { g.With(func(p *T) { v = *p }); return }

type Map[K comparable, V any] struct{ m sync.Map }

func (m *Map[K, V]) Store(k K, v V) { m.m.Store(k, v) }
func (m *Map[K, V]) Load(k K) (v V, ok bool) {
	x, ok := m.m.Load(k)
	if ok {
		v = x.(V)
	}
	return
}
func (m *Map[K, V]) Range(f func(K, V) bool) {
	m.m.Range(func(k, v any) bool { return f(k.(K), v.(V)) })
}

type Pool[T any] struct{ p sync.Pool }

func NewPool[T any](make func() T) *Pool[T] {
	return &Pool[T]{sync.Pool{New: func() any { return make() }}}
}
func (p *Pool[T]) Use(f func(T)) {
	v := p.p.Get().(T)
	defer p.p.Put(v)
	f(v)
}

type Queue[T any] struct {
	mu    sync.Mutex
	ready *sync.Cond
	items []T
	done  bool
}

func NewQueue[T any]() *Queue[T] {
	q := &Queue[T]{}
	q.ready = sync.NewCond(&q.mu)
	return q
}
func (q *Queue[T]) Put(vs ...T) {
	q.mu.Lock()
	q.items = append(q.items, vs...)
	q.mu.Unlock()
	q.ready.Broadcast()
}
func (q *Queue[T]) Close() { q.mu.Lock(); q.done = true; q.mu.Unlock(); q.ready.Broadcast() }
func (q *Queue[T]) Take() (v T, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 && !q.done {
		q.ready.Wait()
	}
	if len(q.items) == 0 {
		return v, false
	}
	v, q.items = q.items[0], q.items[1:]
	return v, true
}

// Update is a compare-and-swap loop over any type.
func Update[T any](p *atomic.Pointer[T], f func(T) T) {
	for {
		old := p.Load()
		v := f(*old)
		if p.CompareAndSwap(old, &v) {
			return
		}
	}
}

type stats struct {
	n   int
	max float64
}

func main() {
	g := Guard(map[string]int{})
	var wg sync.WaitGroup
	for i := range 30 {
		wg.Go(func() { g.With(func(m *map[string]int) { (*m)[fmt.Sprint("k", i%3)] += i }) })
	}
	wg.Wait()
	fmt.Println(g.Get(), Guard([]int{1}).Get())

	var m Map[string, []int]
	m.Store("a", []int{1})
	m.Store("b", nil)
	v, ok := m.Load("a")
	_, ok2 := m.Load("z")
	var keys []string
	m.Range(func(k string, v []int) bool { keys = append(keys, fmt.Sprint(k, v)); return true })
	sort.Strings(keys)
	fmt.Println(v, ok, ok2, keys)

	var made atomic.Int32
	p := NewPool(func() *[]byte { made.Add(1); return new([]byte("buf")) })
	p.Use(func(b *[]byte) { p.Use(func(c *[]byte) { fmt.Println(b != c, string(*b), made.Load()) }) })

	q := NewQueue[string]()
	out := Guard[[]string](nil)
	for range 3 {
		wg.Go(func() {
			for s, ok := q.Take(); ok; s, ok = q.Take() {
				out.With(func(l *[]string) { *l = append(*l, s) })
			}
		})
	}
	q.Put("x", "y")
	q.Put("z")
	q.Close()
	wg.Wait()
	got := out.Get()
	sort.Strings(got)
	fmt.Println(got)

	var st atomic.Pointer[stats]
	st.Store(&stats{})
	for i := range 50 {
		wg.Go(func() { Update(&st, func(s stats) stats { return stats{s.n + 1, max(s.max, float64(i)/2)} }) })
	}
	wg.Wait()
	fmt.Println(*st.Load())
}
