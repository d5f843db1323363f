//go:build ignore

package main

import (
	"errors"
	"fmt"
	"strings"
)

type node struct {
	key         string
	left, right *node
}

// insert walks with a pointer to the pointer that is to change.
func insert(root **node, key string) bool {
	at := root
	for *at != nil {
		switch c := strings.Compare(key, (*at).key); {
		case c < 0:
			at = &(*at).left
		case c > 0:
			at = &(*at).right
		default:
			return false
		}
	}
	*at = &node{key: key}
	return true
}

func walk(n *node, f func(string)) {
	if n != nil {
		walk(n.left, f)
		f(n.key)
		walk(n.right, f)
	}
}

func swap(a, b *int)           { *a, *b = *b, *a }
func retarget(p **int, q *int) { *p = q }
func local() *int              { n := 7; return &n }

type config struct {
	Port  *int
	Inner struct{ Tags *[]string }
	Next  *config
}

func ptr[T any](v T) *T { return &v }

func main() {
	// new takes a value since Go 1.26.
	p := new(42)
	s := new("text" + "!")
	f := new(func(n int) int { return n * 2 })
	list := new([]int{1, 2})
	half := new(float64(*p) / 4)
	*list = append(*list, *p)
	fmt.Printf("%d %s %d %v %v %T %T\n", *p, *s, (*f)(4), *list, *half, half, new(int32(1)))
	zero := new(int)
	err := new(error)
	*err = errors.New("in a pointer")
	fmt.Println(*zero, *err, new('x') == new('x'), *new(true))
	cfg := config{Port: new(8080), Next: new(config{Port: ptr(1)})}
	cfg.Inner.Tags = new([]string{"a"})
	fmt.Println(*cfg.Port, *cfg.Next.Port, *cfg.Inner.Tags, cfg.Next.Next == nil)

	a, b := 1, 2
	swap(&a, &b)
	fmt.Println(a, b)
	pa := &a
	retarget(&pa, &b)
	*pa += 10
	pp := &pa
	**pp *= 2
	fmt.Println(a, b, pa == &b, *pp == pa, &*pa == pa)
	x, y := local(), local()
	*x++
	fmt.Println(*x, *y, x == y)

	var root *node
	for _, w := range strings.Fields("m c x a d z m") {
		fmt.Print(insert(&root, w), " ")
	}
	walk(root, func(k string) { fmt.Print(k) })
	fmt.Println()

	// Pointers into arrays, slices and structs.
	arr := [3]int{1, 2, 3}
	second := &arr[1]
	*second = 20
	slice := arr[:]
	slice[1]++
	pa = &slice[1]
	slice = append(slice, 4) // a new array
	*pa = 99
	fmt.Println(arr, slice, *second)
	st := struct{ n, m int }{1, 2}
	pm := &st.m
	copied := st
	*pm = 50
	fmt.Println(st, copied)
	rows := []struct{ v int }{{1}, {2}}
	for i := range rows {
		r := &rows[i]
		r.v *= 10
	}
	(&rows[0]).v++
	fmt.Println(rows)
	lit := &[]int{1, 2, 3}
	(*lit)[0] = 9
	m := &map[string]*int{"a": &a}
	*(*m)["a"] = 1000
	arrp := &[...]string{"x", "y"}
	arrp[0] = "z"
	fmt.Println(*lit, a, *arrp, len(arrp), arrp[1:])
	fn := func(p *struct{ n int }) { p.n++ }
	v := struct{ n int }{}
	fn(&v)
	fn(&v)
	fmt.Println(v, (&v).n, *&v.n)
	ptrs := map[*int]string{&a: "a", &b: "b"}
	fmt.Println(ptrs[&a], ptrs[pa] == "", ptrs[*pp])
	iface := any(&a)
	*iface.(*int) = 5
	fmt.Println(a, iface == any(&a), &a == &b, (*int)(nil) == nil)
}
