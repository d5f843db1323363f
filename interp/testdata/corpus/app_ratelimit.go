//go:build ignore

package main

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"sync"
	"time"
)

// A clock can be a real one, or one that goes as the test says.
type clock interface {
	Now() time.Time
	After(time.Duration) <-chan time.Time
}
type fake struct {
	mu     sync.Mutex
	now    time.Time
	timers []timer
}
type timer struct {
	at time.Time
	ch chan time.Time
}

func (f *fake) Now() time.Time { f.mu.Lock(); defer f.mu.Unlock(); return f.now }
func (f *fake) After(d time.Duration) <-chan time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	ch := make(chan time.Time, 1)
	f.timers = append(f.timers, timer{f.now.Add(d), ch})
	return ch
}
func (f *fake) advance(d time.Duration) (fired int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = f.now.Add(d)
	sort.Slice(f.timers, func(i, j int) bool { return f.timers[i].at.Before(f.timers[j].at) })
	for len(f.timers) > 0 && !f.timers[0].at.After(f.now) {
		f.timers[0].ch <- f.now
		f.timers = f.timers[1:]
		fired++
	}
	return
}
func (f *fake) waiting() int { f.mu.Lock(); defer f.mu.Unlock(); return len(f.timers) }

// A bucket gives burst tokens at once and then one each interval.
type bucket struct {
	clock
	interval time.Duration
	burst    float64
	tokens   float64
	last     time.Time
}

func newBucket(c clock, every time.Duration, burst int) *bucket {
	return &bucket{c, every, float64(burst), float64(burst), c.Now()}
}
func (b *bucket) refill() {
	now := b.Now()
	b.tokens = min(b.burst, b.tokens+float64(now.Sub(b.last))/float64(b.interval))
	b.last = now
}
func (b *bucket) allow() bool {
	b.refill()
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}
func (b *bucket) wait(ctx context.Context) error {
	for !b.allow() {
		select {
		case <-b.After(time.Duration((1 - b.tokens) * float64(b.interval))):
		case <-ctx.Done():
			return fmt.Errorf("wait: %w", context.Cause(ctx))
		}
	}
	return nil
}

type window struct {
	clock
	size  time.Duration
	limit int
	hits  map[string][]time.Time
}

func (w *window) allow(who string) (ok bool, left int) {
	now, hits := w.Now(), w.hits[who]
	for len(hits) > 0 && now.Sub(hits[0]) >= w.size {
		hits = hits[1:]
	}
	if ok = len(hits) < w.limit; ok {
		hits = append(hits, now)
	}
	w.hits[who] = hits
	return ok, w.limit - len(hits)
}

func main() {
	f := &fake{now: time.Unix(0, 0).UTC()}
	b := newBucket(f, time.Second, 3)
	for range 4 {
		fmt.Print(b.allow(), " ")
	}
	f.advance(1500 * time.Millisecond)
	fmt.Println(b.allow(), b.allow(), b.tokens)
	f.advance(time.Hour)
	b.refill()
	fmt.Println(b.tokens)
	done := make(chan error)
	go func() {
		for range 5 {
			if err := b.wait(context.Background()); err != nil {
				done <- err
			}
		}
		done <- nil
	}()
	fired := 0
	for range 2 {
		for f.waiting() == 0 {
			time.Sleep(time.Microsecond)
		}
		fired += f.advance(time.Second)
	}
	fmt.Println(<-done, fired, f.Now().Format(time.TimeOnly))
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("no patience"))
	fmt.Println(b.wait(ctx))

	w := &window{f, time.Minute, 2, map[string][]time.Time{}}
	for i := range 5 {
		okA, leftA := w.allow("ann")
		okB, _ := w.allow(fmt.Sprint("other", i%3))
		fmt.Print(okA, leftA, okB, " ")
		f.advance(25 * time.Second)
	}
	fmt.Println(len(w.hits))
}
