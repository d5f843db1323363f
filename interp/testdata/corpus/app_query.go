//go:build ignore

package main

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

type Query[T any] struct{ seq iter.Seq[T] }

func From[T any](vs ...T) Query[T] { return Query[T]{slices.Values(vs)} }

func (q Query[T]) Where(keep func(T) bool) Query[T] {
	return Query[T]{func(yield func(T) bool) {
		for v := range q.seq {
			if keep(v) && !yield(v) {
				return
			}
		}
	}}
}
func (q Query[T]) Skip(n int) Query[T] {
	return Query[T]{func(yield func(T) bool) {
		i := 0
		for v := range q.seq {
			if i++; i > n && !yield(v) {
				return
			}
		}
	}}
}
func (q Query[T]) Limit(n int) Query[T] {
	return Query[T]{func(yield func(T) bool) {
		i := 0
		for v := range q.seq {
			if i++; i > n || !yield(v) {
				return
			}
		}
	}}
}
func (q Query[T]) OrderBy(keys ...func(a, b T) int) Query[T] {
	return Query[T]{func(yield func(T) bool) {
		sorted := slices.SortedStableFunc(q.seq, func(a, b T) int {
			for _, k := range keys {
				if c := k(a, b); c != 0 {
					return c
				}
			}
			return 0
		})
		for _, v := range sorted {
			if !yield(v) {
				return
			}
		}
	}}
}
func (q Query[T]) List() []T { return slices.Collect(q.seq) }

func Select[T, U any](q Query[T], f func(T) U) Query[U] {
	return Query[U]{func(yield func(U) bool) {
		for v := range q.seq {
			if !yield(f(v)) {
				return
			}
		}
	}}
}

type Group[K comparable, T any] struct {
	Key K
	Query[T]
}

func GroupBy[T any, K cmp.Ordered](q Query[T], key func(T) K) Query[Group[K, T]] {
	return Query[Group[K, T]]{func(yield func(Group[K, T]) bool) {
		m := map[K][]T{}
		for v := range q.seq {
			m[key(v)] = append(m[key(v)], v)
		}
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(Group[K, T]{k, From(m[k]...)}) {
				return
			}
		}
	}}
}

func Join[A, B any, K comparable, R any](a Query[A], b Query[B], ka func(A) K, kb func(B) K, f func(A, B) R) Query[R] {
	return Query[R]{func(yield func(R) bool) {
		index := map[K][]B{}
		for v := range b.seq {
			index[kb(v)] = append(index[kb(v)], v)
		}
		for x := range a.seq {
			for _, y := range index[ka(x)] {
				if !yield(f(x, y)) {
					return
				}
			}
		}
	}}
}

func Sum[T any, N int | float64](q Query[T], f func(T) N) (s N) {
	for v := range q.seq {
		s += f(v)
	}
	return
}
func By[T any, K cmp.Ordered](key func(T) K) func(a, b T) int {
	return func(a, b T) int { return cmp.Compare(key(a), key(b)) }
}
func Desc[T any](c func(a, b T) int) func(a, b T) int { return func(a, b T) int { return c(b, a) } }

type employee struct {
	name, dept string
	salary     float64
	age        int
}
type dept struct{ id, title string }

func main() {
	staff := From(employee{"ann", "eng", 120, 30}, employee{"bob", "ops", 80, 45}, employee{"cy", "eng", 100, 25}, employee{"di", "hr", 70, 30}, employee{"ed", "eng", 100, 50}, employee{"flo", "ops", 95, 28})
	name := func(e employee) string { return e.name }
	salary := func(e employee) float64 { return e.salary }
	fmt.Println(Select(staff.Where(func(e employee) bool { return e.age < 40 }).OrderBy(Desc(By(salary)), By(name)).Limit(3), name).List())
	fmt.Println(Select(staff.Skip(2).Where(func(e employee) bool { return e.dept == "eng" }), func(e employee) string { return strings.ToUpper(e.name) }).List(), staff.Skip(9).List() == nil)
	groups := GroupBy(staff, func(e employee) string { return e.dept })
	for g := range groups.seq {
		top := g.OrderBy(Desc(By(salary))).Limit(1).List()[0]
		fmt.Println(g.Key, len(g.List()), Sum(g.Query, salary), Sum(g.Query, func(e employee) int { return e.age }), top.name)
	}
	depts := From(dept{"eng", "Engineering"}, dept{"hr", "People"}, dept{"law", "Legal"})
	joined := Join(staff, depts, func(e employee) string { return e.dept }, func(d dept) string { return d.id }, func(e employee, d dept) string { return e.name + "@" + d.title })
	fmt.Println(joined.List())
	evaluated := 0
	lazy := Select(staff, func(e employee) int { evaluated++; return e.age })
	fmt.Println(evaluated)
	fmt.Println(lazy.Limit(2).List(), evaluated)
	fmt.Println(Select(GroupBy(lazy, func(age int) int { return age / 10 * 10 }), func(g Group[int, int]) string { return fmt.Sprint(g.Key, "s:", g.List()) }).List())
	fmt.Printf("%T %T\n", groups, joined)
}
