//go:build ignore

package main

import (
	"bytes"
	"errors"
	"fmt"

	"strings"
	"sync"
	"sync/atomic"
	"time"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func render(parts ...string) string {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	for _, p := range parts {
		b.WriteString("<" + p + ">")
	}
	return b.String()
}

// Flight shares one call among all who ask for the same key at once.
type Flight struct {
	mu    sync.Mutex
	calls map[string]*call
}
type call struct {
	wg  sync.WaitGroup
	val any
	err error
	dup int
}

func (f *Flight) Do(key string, fn func() (any, error)) (any, error, int) {
	f.mu.Lock()
	if f.calls == nil {
		f.calls = map[string]*call{}
	}
	if c, ok := f.calls[key]; ok {
		c.dup++
		f.mu.Unlock()
		c.wg.Wait()
		return c.val, c.err, c.dup
	}
	c := new(call)
	c.wg.Add(1)
	f.calls[key] = c
	f.mu.Unlock()
	c.val, c.err = fn()
	f.mu.Lock()
	delete(f.calls, key)
	f.mu.Unlock()
	c.wg.Done()
	return c.val, c.err, c.dup
}
func (f *Flight) waiting(key string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if c := f.calls[key]; c != nil {
		return c.dup
	}
	return -1
}

func main() {
	var wg sync.WaitGroup
	out := make([]string, 8)
	for i := range out {
		wg.Go(func() { out[i] = render(fmt.Sprint(i), strings.Repeat("x", i)) })
	}
	wg.Wait()
	fmt.Println(out)

	var f Flight
	var runs atomic.Int32
	release := make(chan struct{})
	results := make([]string, 5)
	for i := range results {
		wg.Go(func() {
			v, err, dup := f.Do("key", func() (any, error) {
				runs.Add(1)
				<-release
				return "shared", errors.New("and its error")
			})
			results[i] = fmt.Sprint(v, " ", err, " ", dup)
		})
	}
	for f.waiting("key") < 4 {
		time.Sleep(time.Microsecond)
	}
	close(release)
	wg.Wait()
	fmt.Println(results[0], runs.Load(), results[1] == results[4])
	fmt.Println(f.Do("other", func() (any, error) { return 1, nil }))

}
