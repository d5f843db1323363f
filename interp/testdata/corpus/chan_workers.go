//go:build ignore

package main

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"sync"
	"time"
)

type job struct {
	id   int
	text string
}
type result struct {
	job
	words map[string]int
	err   error
}

var errEmpty = errors.New("empty text")

func count(j job) (r result) {
	r.job = j
	defer func() {
		if p := recover(); p != nil {
			r.err = fmt.Errorf("job %d panicked: %v", j.id, p)
		}
	}()
	if j.text == "" {
		r.err = errEmpty
		return
	}
	if strings.Contains(j.text, "!") {
		panic("no shouting")
	}
	r.words = map[string]int{}
	for _, w := range strings.Fields(j.text) {
		r.words[w]++
	}
	return
}

func run(workers int, jobs []job) []result {
	in := make(chan job)
	out := make(chan result)
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range in {
				out <- count(j)
			}
		}()
	}
	go func() {
		for _, j := range jobs {
			in <- j
		}
		close(in)
		wg.Wait()
		close(out)
	}()
	var all []result
	for r := range out {
		all = append(all, r)
	}
	sort.Slice(all, func(i, k int) bool { return all[i].id < all[k].id })
	return all
}

// A semaphore is a channel that has room for those that may go on.
type semaphore chan struct{}

func (s semaphore) acquire() { s <- struct{}{} }
func (s semaphore) release() { <-s }
func (s semaphore) try() bool {
	select {
	case s <- struct{}{}:
		return true
	default:
		return false
	}
}

func bounded(limit, n int) (most int) {
	sem := make(semaphore, limit)
	var mu sync.Mutex
	running := 0
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			sem.acquire()
			defer sem.release()
			mu.Lock()
			running++
			most = max(most, running)
			mu.Unlock()
			mu.Lock()
			running--
			mu.Unlock()
		})
	}
	wg.Wait()
	return
}

// A group runs functions and keeps the first error.
type group struct {
	wg   sync.WaitGroup
	once sync.Once
	err  error
}

func (g *group) run(f func() error) {
	g.wg.Go(func() {
		if err := f(); err != nil {
			g.once.Do(func() { g.err = err })
		}
	})
}
func (g *group) wait() error { g.wg.Wait(); return g.err }

func main() {
	jobs := []job{{1, "a b a"}, {2, ""}, {3, "x!"}, {4, "b b b c"}}
	total := map[string]int{}
	for _, r := range run(3, jobs) {
		fmt.Println(r.id, r.words, r.err, errors.Is(r.err, errEmpty))
		for w, n := range r.words {
			total[w] += n
		}
	}
	fmt.Println(total)
	fmt.Println(bounded(3, 50) <= 3, bounded(1, 20))
	s := make(semaphore, 1)
	fmt.Println(s.try(), s.try(), len(s))

	var g group
	for i := range 5 {
		g.run(func() error {
			if i == 3 {
				return fmt.Errorf("task %d", i)
			}
			return nil
		})
	}
	fmt.Println(g.wait())

	// Stages, each with a goroutine, and a time that is far off.
	parse := make(chan string)
	lens := make(chan int)
	go func() {
		defer close(lens)
		for s := range parse {
			lens <- len(s)
		}
	}()
	go func() {
		defer close(parse)
		for _, s := range strings.Fields("these are some words") {
			parse <- s
		}
	}()
	timeout := time.After(time.Minute)
	sum := 0
	for lens != nil {
		select {
		case n, ok := <-lens:
			if !ok {
				lens = nil
				break
			}
			sum += n
		case <-timeout:
			fmt.Println("too late")
			return
		}
	}
	fmt.Println(sum)
}
