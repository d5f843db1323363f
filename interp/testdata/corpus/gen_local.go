//go:build ignore

package main

import (
	"fmt"
	"sort"
	"strings"
)

type Box[T any] struct{ V T }

func (b Box[T]) Show() string { return fmt.Sprintf("%+v", b.V) }

type Cache[K comparable, V any] struct {
	data map[K]V
	miss func(K) V
}

func NewCache[K comparable, V any](miss func(K) V) *Cache[K, V] {
	return &Cache[K, V]{map[K]V{}, miss}
}
func (c *Cache[K, V]) Get(k K) V {
	v, ok := c.data[k]
	if !ok {
		v = c.miss(k)
		c.data[k] = v
	}
	return v
}

func Sort[T any](s []T, keys ...func(T) string) []T {
	type keyed struct {
		key string
		val T
	}
	ks := make([]keyed, len(s))
	for i, v := range s {
		var parts []string
		for _, key := range keys {
			parts = append(parts, key(v))
		}
		ks[i] = keyed{strings.Join(parts, "\x00"), v}
	}
	sort.Slice(ks, func(i, j int) bool { return ks[i].key < ks[j].key })
	out := make([]T, len(s))
	for i, k := range ks {
		out[i] = k.val
	}
	return out
}

// The counter is one per instantiation's closure, not one for all.
func Counter[T any](name string) func(T) string {
	n := 0
	return func(v T) string {
		n++
		return fmt.Sprintf("%s%d:%v", name, n, v)
	}
}

func Kind[T any]() string {
	var zero T
	switch any(zero).(type) {
	case int:
		return "int"
	case string:
		return "string"
	case fmt.Stringer:
		return "Stringer"
	case nil:
		return "an interface"
	}
	return "other"
}

func SameType[A, B any]() bool {
	_, ok := any((*A)(nil)).(*B)
	return ok
}

func inner[T any](v T) any {
	type wrap struct{ v T }
	return wrap{v}
}

func main() {
	type point struct{ X, Y int }
	type item struct {
		name string
		tags []string
	}
	b := Box[point]{point{1, 2}}
	fmt.Println(b.Show(), Box[item]{item{"n", nil}}.Show(), Box[Box[point]]{b}.Show())
	hits := 0
	c := NewCache(func(p point) item { hits++; return item{name: fmt.Sprint(p.X * p.Y)} })
	fmt.Println(c.Get(point{2, 3}), c.Get(point{2, 3}), c.Get(point{3, 3}), hits)
	items := []item{{"b", []string{"x"}}, {"a", []string{"y"}}, {"a", []string{"x"}}}
	fmt.Println(Sort(items, func(i item) string { return i.name }, func(i item) string { return i.tags[0] }))

	ints, strs := Counter[int]("i"), Counter[string]("s")
	other := Counter[int]("j")
	fmt.Println(ints(5), strs("x"), ints(6), other(7), strs("y"))
	fmt.Println(Kind[int](), Kind[string](), Kind[error](), Kind[point](), Kind[any](), Kind[*strings.Builder]())
	type myInt int
	type alias = int
	fmt.Println(SameType[int, alias](), SameType[int, myInt](), SameType[Box[int], Box[alias]](), SameType[Box[int], Box[myInt]]())
	fmt.Println(inner(1) == inner(1), inner(1) == inner(int8(1)), inner("a") == inner("a"), inner(1) == inner(2))
	f := func() any { type point struct{ X, Y int }; return Box[point]{point{1, 2}} }
	fmt.Println(f() == any(b), f() == f(), any(b) == any(Box[point]{point{1, 2}}))

	// Closures and methods inside of generic functions see the type's parameters.
	g := func() []func() string {
		var fs []func() string
		for _, v := range []any{Box[int]{1}, Box[string]{"s"}, Box[[]point]{[]point{{3, 4}}}} {
			if s, ok := v.(interface{ Show() string }); ok {
				fs = append(fs, s.Show)
			}
		}
		return fs
	}
	for _, f := range g() {
		fmt.Print(f(), " ")
	}
	fmt.Printf("%T %T %T\n", Box[int]{}, Box[map[string]*Box[error]]{}, &Cache[string, []byte]{})
}
