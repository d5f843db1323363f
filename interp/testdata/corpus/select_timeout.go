//go:build ignore

package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

var errTimeout = errors.New("timed out")

func withTimeout[T any](d time.Duration, f func() T) (v T, err error) {
	ch := make(chan T, 1)
	go func() { ch <- f() }()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case v = <-ch:
		return v, nil
	case <-timer.C:
		return v, errTimeout
	}
}

// debounce passes on the last of what came in one burst.
func debounce(in <-chan string, quiet time.Duration) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		var last string
		var fire <-chan time.Time
		for {
			select {
			case s, ok := <-in:
				if !ok {
					if fire != nil {
						out <- last
					}
					return
				}
				last, fire = s, time.After(quiet)
			case <-fire:
				out <- last
				fire = nil
			}
		}
	}()
	return out
}

type heartbeat struct {
	beats chan int
	stop  chan struct{}
}

func newHeartbeat(every time.Duration) *heartbeat {
	h := &heartbeat{make(chan int), make(chan struct{})}
	go func() {
		t := time.NewTicker(every)
		defer t.Stop()
		defer close(h.beats)
		for n := 0; ; n++ {
			select {
			case <-t.C:
				select {
				case h.beats <- n:
				case <-h.stop:
					return
				}
			case <-h.stop:
				return
			}
		}
	}()
	return h
}

func retry(ctx context.Context, times int, f func(int) error) (err error) {
	wait := time.Millisecond
	for i := range times {
		if err = f(i); err == nil {
			return nil
		}
		select {
		case <-time.After(wait):
			wait *= 2
		case <-ctx.Done():
			return errors.Join(err, context.Cause(ctx))
		}
	}
	return fmt.Errorf("after %d tries, waiting %v at last: %w", times, wait, err)
}

func main() {
	fmt.Println(withTimeout(time.Minute, func() int { return 42 }))
	block := make(chan string)
	fmt.Println(withTimeout(time.Millisecond, func() string { return <-block }))

	in := make(chan string)
	out := debounce(in, time.Hour)
	for _, s := range []string{"a", "ab", "abc"} {
		in <- s
	}
	close(in)
	fmt.Println(<-out)
	_, ok := <-out
	fmt.Println(ok)
	in2 := make(chan string)
	out2 := debounce(in2, time.Millisecond)
	in2 <- "quick"
	fmt.Println(<-out2)
	close(in2)

	h := newHeartbeat(time.Millisecond)
	fmt.Println(<-h.beats, <-h.beats, <-h.beats)
	close(h.stop)
	for range h.beats {
	}
	fmt.Println("stopped")

	fmt.Println(retry(context.Background(), 3, func(i int) error {
		if i < 2 {
			return fmt.Errorf("try %d", i)
		}
		return nil
	}))
	fmt.Println(retry(context.Background(), 2, func(i int) error { return fmt.Errorf("try %d", i) }))
	ctx, cancel := context.WithCancelCause(context.Background())
	err := retry(ctx, 1000, func(i int) error {
		if i == 2 {
			cancel(errTimeout)
		}
		return fmt.Errorf("try %d", min(i, 2))
	})
	fmt.Println(errors.Is(err, errTimeout))

	stopped := time.NewTimer(time.Hour)
	fmt.Println(stopped.Stop(), stopped.Stop())
	stopped.Reset(time.Millisecond)
	<-stopped.C
	fmt.Println(stopped.Stop(), stopped.Reset(time.Hour), stopped.Stop())
	fired := make(chan string)
	time.AfterFunc(time.Millisecond, func() { fired <- "after" })
	never := time.AfterFunc(time.Hour, func() { fired <- "never" })
	fmt.Println(<-fired, never.Stop())
	tctx, cancel2 := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel2()
	select {
	case <-tctx.Done():
		fmt.Println(tctx.Err(), errors.Is(tctx.Err(), context.DeadlineExceeded))
	case <-fired:
	}
	select {
	case <-time.After(0):
		fmt.Println("at once")
	case <-block:
	}
	start := time.Now()
	time.Sleep(3 * time.Millisecond)
	fmt.Println(time.Since(start) >= 3*time.Millisecond, time.Until(start) < 0)
}
