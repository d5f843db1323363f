//go:build ignore

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

type id [4]byte
type pair [2]int
type ints []int

func (i id) String() string { return hex.EncodeToString(i[:]) }

func parse(s string) (i id, err error) {
	b, err := hex.DecodeString(s)
	if err != nil {
		return i, err
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("id %q: %v", s, r)
		}
	}()
	return id(b), nil
}

func main() {
	s := []int{1, 2, 3, 4}
	a := [2]int(s)
	p := (*[2]int)(s)
	a[0] = 100
	p[1] = 200
	fmt.Println(s, a, *p, len(p))

	q := pair(ints(s[1:]))
	r := (*pair)(s[2:])
	r[0], r[1] = r[1], r[0]
	fmt.Println(q, *r, s, q == pair{200, 3})

	fmt.Println(parse("cafebabe"))
	fmt.Println(parse("cafe"))
	fmt.Println(parse("xyz"))
	fmt.Println(parse("00112233445566"))

	for _, f := range []func(){
		func() { fmt.Println([4]int(s[:3])) },
		func() { fmt.Println((*[5]int)(s)) },
		func() { fmt.Println([0]int(s[:0]), [0]int([]int(nil))) },
	} {
		func() {
			defer func() {
				if e, ok := recover().(error); ok {
					fmt.Println("error:", e)
				}
			}()
			f()
		}()
	}
	var none []int
	fmt.Println((*[0]int)(none) == nil, (*[0]int)([]int{}) == nil)

	sum := sha256.Sum256([]byte("farside"))
	seen := map[id]int{}
	for i := 0; i+4 <= len(sum); i += 4 {
		seen[id(sum[i:i+4])]++
	}
	fmt.Println(len(seen), id(sum[:]), seen[id(sum[4:])])

	swap := func(p *[2]string) { p[0], p[1] = p[1], p[0] }
	words := []string{"a", "b", "c", "d"}
	for i := 0; i < len(words); i += 2 {
		swap((*[2]string)(words[i:]))
	}
	fmt.Println(words)
}
