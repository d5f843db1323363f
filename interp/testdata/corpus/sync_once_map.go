//go:build ignore

package main

import (
	"fmt"

	"sync"
	"time"
)

func main() {
	var wg sync.WaitGroup
	var once sync.Once
	for range 3 {
		once.Do(func() { fmt.Println("once") })
	}
	try := func(name string, f func()) {
		defer func() { fmt.Println(name, recover()) }()
		f()
	}
	var broken sync.Once
	try("first", func() { broken.Do(func() { panic("broken") }) })
	try("second", func() { broken.Do(func() { fmt.Println("not again") }) })
	f := sync.OnceFunc(func() { panic("kept") })
	try("OnceFunc", f)
	try("OnceFunc", f)
	var m sync.Map
	for i := range 4 {
		m.Store(i, i*i)
	}
	v, loaded := m.LoadOrStore(2, "new")
	old, had := m.LoadAndDelete(3)
	prev, was := m.Swap(0, "zero")
	fmt.Println(v, loaded, old, had, prev, was, m.CompareAndSwap(1, 1, "one"), m.CompareAndSwap(1, 1, "two"), m.CompareAndDelete(2, 5))
	n := 0
	m.Range(func(k, v any) bool { n++; return true })
	m.Clear()
	_, ok := m.Load(0)
	fmt.Println(n, ok)
	done := make(chan bool)
	go func() { wg.Wait(); done <- true }()
	select {
	case <-done:
		fmt.Println("nothing to wait for")
	case <-time.After(time.Minute):
	}
}
