//go:build ignore

package main

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"sync"
)

type job struct {
	id   int
	text string
}
type result struct {
	job
	words map[string]int
	err   error
}

var errEmpty = errors.New("empty text")

func count(j job) (r result) {
	r.job = j
	defer func() {
		if p := recover(); p != nil {
			r.err = fmt.Errorf("job %d panicked: %v", j.id, p)
		}
	}()
	if j.text == "" {
		r.err = errEmpty
		return
	}
	if strings.Contains(j.text, "!") {
		panic("no shouting")
	}
	r.words = map[string]int{}
	for _, w := range strings.Fields(j.text) {
		r.words[w]++
	}
	return
}

func run(workers int, jobs []job) []result {
	in := make(chan job)
	out := make(chan result)
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range in {
				out <- count(j)
			}
		}()
	}
	go func() {
		for _, j := range jobs {
			in <- j
		}
		close(in)
		wg.Wait()
		close(out)
	}()
	var all []result
	for r := range out {
		all = append(all, r)
	}
	sort.Slice(all, func(i, k int) bool { return all[i].id < all[k].id })
	return all
}

func main() {
	jobs := []job{{1, "a b a"}, {2, ""}, {3, "x!"}, {4, "b b b c"}}
	total := map[string]int{}
	for _, r := range run(3, jobs) {
		fmt.Println(r.id, r.words, r.err, errors.Is(r.err, errEmpty))
		for w, n := range r.words {
			total[w] += n
		}
	}
	fmt.Println(total)
}
