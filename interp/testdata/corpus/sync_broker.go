//go:build ignore

package main

import (
	"fmt"
	"sort"

	"sync"
)

type event struct {
	topic string
	data  any
}
type Broker struct {
	mu   sync.RWMutex
	subs map[string][]chan event
}

func (b *Broker) Subscribe(topics ...string) <-chan event {
	ch := make(chan event, 8)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.subs == nil {
		b.subs = make(map[string][]chan event)
	}
	for _, t := range topics {
		b.subs[t] = append(b.subs[t], ch)
	}
	return ch
}
func (b *Broker) Publish(topic string, data any) (n int) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, ch := range b.subs[topic] {
		select {
		case ch <- event{topic, data}:
			n++
		default:
		}
	}
	return
}
func (b *Broker) Close() {
	closed := map[chan event]bool{}
	for _, chs := range b.subs {
		for _, ch := range chs {
			if !closed[ch] {
				closed[ch] = true
				close(ch)
			}
		}
	}
}

func main() {
	var wg sync.WaitGroup
	var b Broker
	all, some := b.Subscribe("a", "b"), b.Subscribe("b")
	fmt.Println(b.Publish("a", 1), b.Publish("b", "two"), b.Publish("none", nil))
	for i := range 10 {
		b.Publish("b", i)
	}
	b.Close()
	n := 0
	for e := range some {
		n++
		if s, ok := e.data.(string); ok {
			fmt.Println(e.topic, s)
		}
	}
	fmt.Println(n, len(all), <-all)

	var phases []string
	var mu sync.Mutex
	start, gate := make(chan struct{}), sync.WaitGroup{}
	gate.Add(3)
	for i := range 3 {
		wg.Go(func() {
			gate.Done()
			<-start
			mu.Lock()
			defer mu.Unlock()
			phases = append(phases, fmt.Sprint("worker", i))
		})
	}
	gate.Wait()
	mu.Lock()
	phases = append(phases, "all ready")
	mu.Unlock()
	close(start)
	wg.Wait()
	sort.Strings(phases[1:])
	fmt.Println(phases)
}
