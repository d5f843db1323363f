//go:build ignore

package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type config struct {
	name  string
	limit int
}

type stats struct {
	requests atomic.Int64
	bytes    atomic.Uint32
	ready    atomic.Bool
	current  atomic.Pointer[config]
	last     atomic.Value
}

type node struct {
	val  int
	next *node
}

// A stack without locks.
type stack struct{ top atomic.Pointer[node] }

func (s *stack) push(v int) {
	n := &node{val: v}
	for {
		n.next = s.top.Load()
		if s.top.CompareAndSwap(n.next, n) {
			return
		}
	}
}
func (s *stack) pop() (int, bool) {
	for {
		n := s.top.Load()
		if n == nil {
			return 0, false
		}
		if s.top.CompareAndSwap(n, n.next) {
			return n.val, true
		}
	}
}

type spin struct{ held atomic.Int32 }

func (s *spin) Lock() {
	for !s.held.CompareAndSwap(0, 1) {
	}
}
func (s *spin) Unlock() { s.held.Store(0) }

var global int64

func main() {
	var s stats
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			s.requests.Add(1)
			s.bytes.Add(uint32(i))
			atomic.AddInt64(&global, int64(i))
		})
	}
	wg.Wait()
	fmt.Println(s.requests.Load(), s.bytes.Load(), atomic.LoadInt64(&global), s.ready.Load())

	s.bytes.Store(5)
	s.bytes.Add(^uint32(0)) // one less
	fmt.Println(s.bytes.Load(), s.bytes.Swap(100), s.bytes.CompareAndSwap(100, 1), s.bytes.CompareAndSwap(100, 2), s.bytes.Load())
	fmt.Println(s.ready.Swap(true), s.ready.CompareAndSwap(true, false), s.ready.Load())
	var flags atomic.Uint32
	fmt.Println(flags.Or(0b0110), flags.And(0b0011), flags.Load())
	var wrap atomic.Int32
	wrap.Store(1<<31 - 1)
	fmt.Println(wrap.Add(1), s.requests.Add(-60))

	fmt.Println(s.current.Load() == nil)
	first := &config{"first", 1}
	s.current.Store(first)
	second := *first
	second.limit = 2
	fmt.Println(s.current.CompareAndSwap(first, &second), s.current.CompareAndSwap(first, nil), *s.current.Load(), *s.current.Swap(nil), first.limit)

	fmt.Println(s.last.Load())
	s.last.Store([]string{"a"})
	fmt.Println(s.last.Load().([]string)[0], s.last.Swap([]string{"b", "c"}), len(s.last.Load().([]string)))
	func() {
		defer func() { fmt.Println(recover()) }()
		s.last.Store("another type")
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		s.last.Store(nil)
	}()

	var st stack
	for i := range 20 {
		wg.Go(func() { st.push(i) })
	}
	wg.Wait()
	sum, n := 0, 0
	for v, ok := st.pop(); ok; v, ok = st.pop() {
		sum += v
		n++
	}
	fmt.Println(sum, n)

	var lock sync.Locker = &spin{}
	counter := 0
	for range 4 {
		wg.Go(func() {
			for range 100 {
				lock.Lock()
				counter++
				lock.Unlock()
			}
		})
	}
	wg.Wait()
	fmt.Println(counter)
	arr := [3]atomic.Int32{}
	for i := range arr {
		arr[i].Store(int32(i * 7))
	}
	ptrs := map[string]*atomic.Int32{"x": &arr[2]}
	ptrs["x"].Add(1)
	old := atomic.SwapInt64(&global, -1)
	var u uint64 = 7
	fmt.Println(arr[2].Load(), old, atomic.AddUint64(&u, ^uint64(2)), atomic.CompareAndSwapInt64(&global, -1, 3), global)
	f := s.requests.Add
	fmt.Println(f(10), s.requests.Load())
}
