//go:build ignore

package main

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

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
