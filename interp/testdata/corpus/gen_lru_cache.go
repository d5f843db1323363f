//go:build ignore

package main

import (
	"container/list"
	"fmt"
	"iter"
	"strings"
)

type LRU[K comparable, V any] struct {
	max     int
	order   *list.List // of *entry[K, V], the newest in front
	items   map[K]*list.Element
	onEvict func(K, V)
	stats   struct{ hits, misses int }
}

type entry[K comparable, V any] struct {
	key K
	val V
}

func NewLRU[K comparable, V any](max int, onEvict func(K, V)) *LRU[K, V] {
	return &LRU[K, V]{max: max, order: list.New(), items: make(map[K]*list.Element), onEvict: onEvict}
}

func (c *LRU[K, V]) Get(k K) (v V, ok bool) {
	e, ok := c.items[k]
	if !ok {
		c.stats.misses++
		return v, false
	}
	c.stats.hits++
	c.order.MoveToFront(e)
	return e.Value.(*entry[K, V]).val, true
}

func (c *LRU[K, V]) Put(k K, v V) {
	if e, ok := c.items[k]; ok {
		e.Value.(*entry[K, V]).val = v
		c.order.MoveToFront(e)
		return
	}
	c.items[k] = c.order.PushFront(&entry[K, V]{k, v})
	if c.order.Len() > c.max {
		oldest := c.order.Remove(c.order.Back()).(*entry[K, V])
		delete(c.items, oldest.key)
		if c.onEvict != nil {
			c.onEvict(oldest.key, oldest.val)
		}
	}
}

func (c *LRU[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for e := c.order.Front(); e != nil; e = e.Next() {
			if en := e.Value.(*entry[K, V]); !yield(en.key, en.val) {
				return
			}
		}
	}
}

func (c *LRU[K, V]) String() string {
	var parts []string
	for k, v := range c.All() {
		parts = append(parts, fmt.Sprintf("%v=%v", k, v))
	}
	return "[" + strings.Join(parts, " ") + "]"
}

// Memoized is a function in front of which a cache stands.
func Memoized[K comparable, V any](max int, f func(K) V) (func(K) V, *LRU[K, V]) {
	c := NewLRU[K, V](max, nil)
	return func(k K) V {
		if v, ok := c.Get(k); ok {
			return v
		}
		v := f(k)
		c.Put(k, v)
		return v
	}, c
}

type point struct{ x, y int }

func main() {
	var evicted []string
	c := NewLRU(3, func(k string, v int) { evicted = append(evicted, fmt.Sprint(k, v)) })
	for i, w := range strings.Fields("a b c a d e a b") {
		if v, ok := c.Get(w); ok {
			c.Put(w, v*10)
		} else {
			c.Put(w, i)
		}
	}
	fmt.Println(c, evicted, c.stats)
	_, ok := c.Get("nothing")
	fmt.Println(ok, len(c.items), c.order.Len())
	for k := range c.All() {
		fmt.Println("newest:", k)
		break
	}
	calls := 0
	dist, cache := Memoized(2, func(p point) int { calls++; return p.x*p.x + p.y*p.y })
	fmt.Println(dist(point{3, 4}), dist(point{3, 4}), dist(point{1, 1}), dist(point{0, 2}), dist(point{3, 4}), calls)
	fmt.Println(cache, cache.stats.hits)
	nested := NewLRU[int, *LRU[string, bool]](1, nil)
	nested.Put(1, NewLRU[string, bool](1, nil))
	if in, ok := nested.Get(1); ok {
		in.Put("deep", true)
	}
	fmt.Println(nested)
	fmt.Printf("%T %T\n", nested, c.order.Front().Value)
}
