//go:build ignore

package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

type Set[T cmp.Ordered] map[T]struct{}

func Of[T cmp.Ordered](vs ...T) Set[T] {
	s := make(Set[T], len(vs))
	s.Add(vs...)
	return s
}
func From[T cmp.Ordered](seq iter.Seq[T]) Set[T] {
	s := Set[T]{}
	for v := range seq {
		s.Add(v)
	}
	return s
}
func (s Set[T]) Add(vs ...T) {
	for _, v := range vs {
		s[v] = struct{}{}
	}
}
func (s Set[T]) Has(v T) bool          { _, ok := s[v]; return ok }
func (s Set[T]) All() iter.Seq[T]      { return maps.Keys(s) }
func (s Set[T]) Sorted() []T           { return slices.Sorted(s.All()) }
func (s Set[T]) Union(o Set[T]) Set[T] { u := maps.Clone(s); maps.Copy(u, o); return u }
func (s Set[T]) Minus(o Set[T]) Set[T] {
	d := maps.Clone(s)
	maps.DeleteFunc(d, func(v T, _ struct{}) bool { return o.Has(v) })
	return d
}
func (s Set[T]) Intersect(others ...Set[T]) Set[T] {
	out := Set[T]{}
next:
	for v := range s {
		for _, o := range others {
			if !o.Has(v) {
				continue next
			}
		}
		out.Add(v)
	}
	return out
}
func (s Set[T]) Equal(o Set[T]) bool { return maps.Equal(s, o) }
func (s Set[T]) Subset(o Set[T]) bool {
	for v := range s {
		if !o.Has(v) {
			return false
		}
	}
	return true
}
func (s Set[T]) String() string {
	return strings.Trim(strings.Join(strings.Fields(fmt.Sprint(s.Sorted())), ","), "[]")
}
func (s Set[T]) MarshalJSON() ([]byte, error) { return json.Marshal(s.Sorted()) }
func (s *Set[T]) UnmarshalJSON(b []byte) error {
	var vs []T
	if err := json.Unmarshal(b, &vs); err != nil {
		return err
	}
	*s = Of(vs...)
	return nil
}

func PowerSet[T cmp.Ordered](s Set[T]) (out []Set[T]) {
	out = []Set[T]{{}}
	for _, v := range s.Sorted() {
		for _, sub := range out {
			out = append(out, sub.Union(Of(v)))
		}
	}
	return
}

type level uint8
type post struct {
	Title string      `json:"title"`
	Tags  Set[string] `json:"tags"`
	Seen  *Set[int]   `json:"seen,omitempty"`
}

func main() {
	a, b := Of(1, 2, 3, 2), Of(3, 4)
	fmt.Println(a, b, a.Union(b), a.Minus(b), a.Intersect(b), a.Intersect(b, Of(9)), len(a))
	fmt.Println(a.Has(2), a.Has(4), Of(1).Subset(a), a.Subset(b), a.Equal(Of(3, 2, 1)), Set[int](nil).Subset(a))
	words := From(strings.FieldsSeq("the cat and the dog and the bird"))
	fmt.Printf("%v %d %q\n", words, len(words), words.Sorted()[0])
	fmt.Println(PowerSet(Of("x", "y", "z")))
	fmt.Println(Of[level](3, 1), Of(2.5, 1e3), Of[rune]('b', 'a'))

	p := post{"t", Of("go", "far"), nil}
	text, err := json.Marshal([]any{p, &p, p.Tags, map[string]Set[int]{"k": a}})
	fmt.Println(string(text), err)
	var back post
	err = json.Unmarshal([]byte(`{"title":"u","tags":["z","a","z"],"seen":[3,1]}`), &back)
	fmt.Println(back.Tags, back.Seen, len(*back.Seen), err)
	fmt.Println(json.Unmarshal([]byte(`{"tags":[1]}`), &back))
	has := a.Has
	a.Add(99)
	fmt.Println(has(99), slices.ContainsFunc([]int{7, 99}, a.Has), Set[int].Has(a, 7))
}
