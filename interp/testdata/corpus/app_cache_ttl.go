//go:build ignore

package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

type loader[K comparable, V any] func(context.Context, K) (V, error)

type item[V any] struct {
	val     V
	err     error
	expires time.Time
	ready   chan struct{}
}

// Cache loads each missing key once, however many ask, and forgets it in time.
type Cache[K comparable, V any] struct {
	load  loader[K, V]
	ttl   time.Duration
	now   func() time.Time
	mu    sync.Mutex
	items map[K]*item[V]
	stats Stats
}

type point struct{ x, y int }

type Stats struct{ Hits, Misses, Errors, Expired int }

type Option[K comparable, V any] func(*Cache[K, V])

func TTL[K comparable, V any](d time.Duration) Option[K, V] {
	return func(c *Cache[K, V]) { c.ttl = d }
}
func Clock[K comparable, V any](f func() time.Time) Option[K, V] {
	return func(c *Cache[K, V]) { c.now = f }
}

func New[K comparable, V any](load loader[K, V], opts ...Option[K, V]) *Cache[K, V] {
	c := &Cache[K, V]{load: load, ttl: time.Minute, now: time.Now, items: map[K]*item[V]{}}
	for _, o := range opts {
		o(c)
	}
	return c
}

func (c *Cache[K, V]) Get(ctx context.Context, k K) (v V, err error) {
	c.mu.Lock()
	it, ok := c.items[k]
	if ok && !it.expires.IsZero() && c.now().After(it.expires) {
		delete(c.items, k)
		c.stats.Expired++
		ok = false
	}
	if ok {
		c.stats.Hits++
		c.mu.Unlock()
		select {
		case <-it.ready:
			return it.val, it.err
		case <-ctx.Done():
			return v, context.Cause(ctx)
		}
	}
	c.stats.Misses++
	it = &item[V]{ready: make(chan struct{})}
	c.items[k] = it
	c.mu.Unlock()
	defer close(it.ready)
	defer func() {
		if r := recover(); r != nil {
			it.err = fmt.Errorf("load %v: panic: %v", k, r)
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		it.expires = c.now().Add(c.ttl)
		if it.err != nil {
			c.stats.Errors++
			delete(c.items, k)
		}
		v, err = it.val, it.err
	}()
	it.val, it.err = c.load(ctx, k)
	return
}

func (c *Cache[K, V]) Keys() []K {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Collect(maps.Keys(c.items))
}

func main() {
	now := time.Unix(1000, 0)
	calls := map[string]int{}
	var mu sync.Mutex
	gate := make(chan struct{})
	c := New(func(ctx context.Context, k string) (int, error) {
		mu.Lock()
		calls[k]++
		mu.Unlock()
		switch k {
		case "slow":
			<-gate
		case "bad":
			return -1, errors.New("cannot load")
		case "panic":
			var m map[string]int
			m[k] = 1
		}
		return len(k), nil
	}, TTL[string, int](10*time.Second), Clock[string, int](func() time.Time { return now }))
	ctx := context.Background()
	for _, k := range []string{"a", "bb", "a", "bad", "bad", "panic"} {
		v, err := c.Get(ctx, k)
		fmt.Print(k, " ", v, " ", err, "; ")
	}
	fmt.Println(c.stats, len(c.Keys()))
	now = now.Add(11 * time.Second)
	v, err := c.Get(ctx, "a")
	fmt.Println(v, err, calls["a"], c.stats)

	var wg sync.WaitGroup
	results := make([]int, 5)
	for i := range results {
		wg.Go(func() { results[i], _ = c.Get(ctx, "slow") })
	}
	for {
		c.mu.Lock()
		waiting := c.stats.Hits
		c.mu.Unlock()
		if waiting == 5 {
			break
		}
		time.Sleep(time.Microsecond)
	}
	short, cancel := context.WithCancelCause(ctx)
	cancel(errors.New("gave up"))
	_, err = c.Get(short, "slow")
	fmt.Println(err)
	close(gate)
	wg.Wait()
	fmt.Println(results, calls["slow"])
	p := New(func(_ context.Context, k point) (string, error) { return fmt.Sprint(k.x * k.y), nil })
	s1, _ := p.Get(ctx, point{2, 3})
	s2, _ := p.Get(ctx, point{2, 3})
	fmt.Println(s1, s2, p.stats, p.ttl, p.Keys())
	fmt.Printf("%T %T\n", c, p.load)
}
