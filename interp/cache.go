package interp

import (
	"container/list"
	"crypto/sha256"
	"fmt"
	"sync"

	"github.com/farside-go/farside/worker"
)

// cacheSize is how many compiled sources are kept for their next use.
const cacheSize = 128

// A cache keeps compiled programs that do not run, those used last in front.
type cache struct {
	mu    sync.Mutex
	order list.List // of *cached
	byKey map[cacheKey]*list.Element
}

// A cacheKey tells what a program was compiled from.
type cacheKey struct {
	source [sha256.Size]byte
	trees  *forest
}

type cached struct {
	key  cacheKey
	idle *program
}

func keyOf(job *worker.Job, trees *forest) cacheKey {
	h := sha256.New()
	fmt.Fprintf(h, "%d:%s%d:%s%s", len(job.Name), job.Name, len(job.Func), job.Func, job.Source)
	k := cacheKey{trees: trees}
	h.Sum(k.source[:0])
	return k
}

// take gives a program that was compiled before, nil if there is none.
func (c *cache) take(key cacheKey) *program {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byKey[key]
	if e == nil {
		return nil
	}
	p := e.Value.(*cached).idle
	c.order.Remove(e)
	delete(c.byKey, key)
	return p
}

// put keeps a program.
func (c *cache) put(key cacheKey, p *program) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byKey == nil {
		c.byKey = make(map[cacheKey]*list.Element)
	}
	if c.byKey[key] != nil {
		return
	}
	c.byKey[key] = c.order.PushFront(&cached{key, p})
	if c.order.Len() > cacheSize {
		last := c.order.Back()
		c.order.Remove(last)
		delete(c.byKey, last.Value.(*cached).key)
	}
}
