//go:build ignore

package main

import (
	"fmt"
	"strings"
)

type fn func(fn) fn

type tree struct {
	left, right *tree
	key         int
}

func (t *tree) insert(k int) *tree {
	if t == nil {
		return &tree{key: k}
	}
	if k < t.key {
		t.left = t.left.insert(k)
	} else if k > t.key {
		t.right = t.right.insert(k)
	}
	return t
}

func (t *tree) depth() int {
	if t == nil {
		return 0
	}
	return 1 + max(t.left.depth(), t.right.depth())
}

func (t *tree) String() string {
	if t == nil {
		return "."
	}
	return fmt.Sprintf("(%v %d %v)", t.left, t.key, t.right)
}

func partitions(n, largest int, prefix []int, out *[]string) {
	if n == 0 {
		*out = append(*out, strings.Trim(fmt.Sprint(prefix), "[]"))
	}
	for k := min(n, largest); k > 0; k-- {
		partitions(n-k, k, append(prefix, k), out)
	}
}

func main() {
	var root *tree
	for _, k := range []int{5, 2, 8, 1, 9, 2, 7} {
		root = root.insert(k)
	}
	fmt.Println(root, root.depth())
	var out []string
	partitions(5, 5, nil, &out)
	fmt.Println(strings.Join(out, ", "))
	var id fn
	id = func(f fn) fn { return f }
	fmt.Println(id(id)(id) != nil)
	deep := func(n int) (r int) {
		var down func(int)
		down = func(n int) {
			if n > 0 {
				defer func() { r++ }()
				down(n - 1)
			}
		}
		down(n)
		return
	}
	fmt.Println(deep(1000))
}
