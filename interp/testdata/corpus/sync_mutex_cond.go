//go:build ignore

package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

type account struct {
	sync.Mutex
	name    string
	balance int
}

// transfer takes the locks in the order of the names, so that two of them cannot
// wait for each other.
func transfer(from, to *account, n int) error {
	first, second := from, to
	if strings.Compare(first.name, second.name) > 0 {
		first, second = second, first
	}
	first.Lock()
	defer first.Unlock()
	second.Lock()
	defer second.Unlock()
	if from.balance < n {
		return fmt.Errorf("%s has only %d", from.name, from.balance)
	}
	from.balance -= n
	to.balance += n
	return nil
}

type registry struct {
	mu    sync.RWMutex
	items map[string]int
	reads int
}

func (r *registry) get(k string) (int, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	v, ok := r.items[k]
	return v, ok
}
func (r *registry) update(k string, f func(int) int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.items[k] = f(r.items[k])
}

type barrier struct {
	mu      sync.Mutex
	cond    *sync.Cond
	waiting int
	size    int
	round   int
}

func newBarrier(n int) *barrier {
	b := &barrier{size: n}
	b.cond = sync.NewCond(&b.mu)
	return b
}
func (b *barrier) wait() (round int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	round = b.round
	if b.waiting++; b.waiting == b.size {
		b.waiting, b.round = 0, b.round+1
		b.cond.Broadcast()
		return
	}
	for round == b.round {
		b.cond.Wait()
	}
	return
}

func main() {
	a, b := &account{name: "a", balance: 100}, &account{name: "b", balance: 100}
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			if i%2 == 0 {
				transfer(a, b, 5)
			} else {
				transfer(b, a, 5)
			}
		})
	}
	wg.Wait()
	fmt.Println(a.balance+b.balance, transfer(a, b, 1000) != nil, a.TryLock(), a.TryLock())
	a.Unlock()

	r := &registry{items: map[string]int{}}
	for i := range 20 {
		wg.Go(func() {
			k := fmt.Sprint("k", i%2)
			r.update(k, func(n int) int { return n + 1 })
			r.get(k)
		})
	}
	wg.Wait()
	fmt.Println(r.items)
	r.mu.RLock()
	fmt.Println(r.mu.TryRLock(), r.mu.TryLock())
	r.mu.RUnlock()
	r.mu.RUnlock()
	l := r.mu.RLocker()
	l.Lock()
	l.Unlock()

	bar := newBarrier(3)
	var mu sync.Mutex
	var log []int
	for range 3 {
		wg.Go(func() {
			for range 4 {
				round := bar.wait()
				mu.Lock()
				log = append(log, round)
				mu.Unlock()
				bar.wait()
			}
		})
	}
	wg.Wait()
	fmt.Println(log, slices.IsSorted(log))

	// Each goroutine waits for its turn.
	turn := 0
	cond := sync.NewCond(&mu)
	var order []string
	for _, i := range []int{2, 0, 3, 1} {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			for turn != i {
				cond.Wait()
			}
			order = append(order, fmt.Sprint("g", i))
			turn++
			cond.Broadcast()
		})
	}
	wg.Wait()
	fmt.Println(order)

}
