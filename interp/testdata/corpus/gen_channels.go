//go:build ignore

package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
)

func Source[T any](ctx context.Context, vs ...T) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for _, v := range vs {
			select {
			case out <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func Stage[A, B any](in <-chan A, f func(A) B) <-chan B {
	out := make(chan B)
	go func() {
		defer close(out)
		for v := range in {
			out <- f(v)
		}
	}()
	return out
}

func Merge[T any](ins ...<-chan T) <-chan T {
	var wg sync.WaitGroup
	out := make(chan T)
	for _, in := range ins {
		wg.Go(func() {
			for v := range in {
				out <- v
			}
		})
	}
	go func() { wg.Wait(); close(out) }()
	return out
}

func Tee[T any](in <-chan T, n int) []<-chan T {
	outs := make([]chan T, n)
	read := make([]<-chan T, n)
	for i := range outs {
		outs[i] = make(chan T, 8)
		read[i] = outs[i]
	}
	go func() {
		for v := range in {
			for _, o := range outs {
				o <- v
			}
		}
		for _, o := range outs {
			close(o)
		}
	}()
	return read
}

func Drain[T any](in <-chan T) (out []T) {
	for v := range in {
		out = append(out, v)
	}
	return
}

type Result[T any] struct {
	Val T
	Err error
}

// ParallelMap keeps the order of what it is given.
func ParallelMap[A, B any](workers int, in []A, f func(A) (B, error)) ([]B, error) {
	type job struct {
		i int
		a A
	}
	jobs := make(chan job)
	results := make([]Result[B], len(in))
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for j := range jobs {
				b, err := f(j.a)
				results[j.i] = Result[B]{b, err}
			}
		})
	}
	for i, a := range in {
		jobs <- job{i, a}
	}
	close(jobs)
	wg.Wait()
	var out []B
	var errs []error
	for _, r := range results {
		out, errs = append(out, r.Val), append(errs, r.Err)
	}
	return out, errors.Join(errs...)
}

type Future[T any] struct {
	done chan struct{}
	val  T
}

func Async[T any](f func() T) *Future[T] {
	fu := &Future[T]{done: make(chan struct{})}
	go func() { defer close(fu.done); fu.val = f() }()
	return fu
}
func (f *Future[T]) Wait() T { <-f.done; return f.val }

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	words := Source(ctx, "a", "bb", "ccc")
	fmt.Println(Drain(Stage(Stage(words, func(s string) int { return len(s) }), func(n int) float64 { return float64(n) / 2 })))
	merged := Drain(Merge(Source(ctx, 1, 4), Source(ctx, 2, 5), Source(ctx, 3), Source[int](ctx)))
	slices.Sort(merged)
	fmt.Println(merged)
	tees := Tee(Source(ctx, 'x', 'y'), 2)
	fmt.Println(string(Drain(tees[1])), string(Drain(tees[0])))
	fmt.Println(ParallelMap(3, []int{5, 4, 3, 2, 1}, func(n int) (string, error) { return fmt.Sprint(n * n), nil }))
	out, err := ParallelMap(2, []string{"ok", "", "fine", ""}, func(s string) (int, error) {
		if s == "" {
			return -1, errors.New("empty")
		}
		return len(s), nil
	})
	fmt.Printf("%v %q\n", out, err.Error())
	a, b := Async(func() int { return 6 }), Async(func() string { return "text" })
	c := Async(func() []int { return []int{a.Wait(), len(b.Wait())} })
	fmt.Println(c.Wait(), a.Wait()*7)

	stop, end := context.WithCancelCause(ctx)
	endless := Source(stop, slices.Repeat([]int{7}, 1000)...)
	fmt.Println(<-endless, <-endless)
	end(errors.New("enough"))
	n := 0
	for range endless {
		n++
	}
	fmt.Println(n < 998, context.Cause(stop), stop.Err())
}
