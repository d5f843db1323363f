//go:build ignore

package main

import (
	"fmt"
	"sync"
)

type item struct{ n int }

func main() {
	// Every iteration has its own variable, in loops with three clauses too.
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), " ", f(), " ")
	}
	fmt.Println()

	// What the body does to it goes on to the next iteration.
	var seen []*int
	for i := 0; i < 6; i++ {
		seen = append(seen, &i)
		i++
	}
	for _, p := range seen {
		fmt.Print(*p, " ")
	}
	fmt.Println()

	// The post statement works on the new copy, not on the captured one.
	var prints []func()
	for i, j := 0, 10; i < j; i, j = i+1, j-3 {
		prints = append(prints, func() { fmt.Print(i, ",", j, " ") })
		defer func() { fmt.Print("d", i, " ") }()
	}
	for _, f := range prints {
		f()
	}
	fmt.Println()

	// A variable declared outside is shared by all.
	var k int
	fs = fs[:0]
	for k = 0; k < 3; k++ {
		fs = append(fs, func() int { return k })
	}
	fmt.Println(fs[0](), fs[1](), fs[2]())

	addrs := map[*item]int{}
	for _, it := range []item{{1}, {2}, {3}} {
		it.n *= 10
		addrs[&it] = it.n
	}
	sum := 0
	for p, n := range addrs {
		if p.n == n {
			sum += n
		}
	}
	fmt.Println(len(addrs), sum)

	var wg sync.WaitGroup
	results := make([]string, 4)
	for i, s := range []string{"a", "b", "c", "d"} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results[i] = fmt.Sprint(i, s)
		}()
	}
	wg.Wait()
	fmt.Println(results)

	// A closure may change the variable of its iteration while the loop runs.
	for i := 0; i < 10; i++ {
		skip := func(n int) { i += n }
		fmt.Print(i, " ")
		skip(i)
	}
	fmt.Println()

	var conds []string
	for i := func() int { conds = append(conds, "init"); return 0 }(); func() bool { conds = append(conds, fmt.Sprint("cond", i)); return i < 2 }(); func() { i++; conds = append(conds, fmt.Sprint("post", i)) }() {
		conds = append(conds, "body")
	}
	fmt.Println(conds)

	keys := [3]func() (int, rune){}
	for i, r := range "xyz" {
		keys[i] = func() (int, rune) { i, r = i+1, r-32; return i, r }
	}
	for _, f := range keys {
		i, r := f()
		fmt.Print(i, string(r), " ")
	}
	fmt.Println()
	for i := range 3 {
		i *= 5 // does not disturb the range
		defer func() { i++; fmt.Print("r", i, " ") }()
	}
outer:
	for i := 0; ; i++ {
		get := func() int { return i }
		for j := 0; ; j++ {
			if j == 2 {
				if i == 2 {
					break outer
				}
				continue outer
			}
			fmt.Print(get()*10+j, " ")
		}
	}
	fmt.Println()
}
