//go:build ignore

package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
)

type Base[ID comparable] struct {
	ID   ID       `json:"id"`
	Tags []string `json:"tags,omitempty"`
}

func (b *Base[ID]) Tag(ts ...string) { b.Tags = append(b.Tags, ts...) }
func (b Base[ID]) Key() ID           { return b.ID }
func (b Base[ID]) Is(id ID) bool     { return b.ID == id }

type User struct {
	Base[int]
	Name string
}
type Doc struct {
	*Base[string]
	Text string
}

type Keyed[K comparable] interface{ Key() K }

type Store[K comparable, V Keyed[K]] struct {
	mu    sync.RWMutex
	items map[K]V
	order []K
}

func (s *Store[K, V]) Put(vs ...V) *Store[K, V] {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.items == nil {
		s.items = make(map[K]V)
	}
	for _, v := range vs {
		if _, ok := s.items[v.Key()]; !ok {
			s.order = append(s.order, v.Key())
		}
		s.items[v.Key()] = v
	}
	return s
}
func (s *Store[K, V]) Each(f func(K, V)) {
	for _, k := range s.order {
		f(k, s.items[k])
	}
}

// A Users is a store with more to it.
type Users struct {
	Store[int, User]
	onPut func(User)
}

func (u *Users) Put(vs ...User) *Users {
	for _, v := range vs {
		u.onPut(v)
	}
	u.Store.Put(vs...)
	return u
}

type Option[T any] struct {
	val T
	ok  bool
}

func Some[T any](v T) Option[T] { return Option[T]{v, true} }
func (o Option[T]) Or(d T) T {
	if o.ok {
		return o.val
	}
	return d
}
func (o Option[T]) MarshalJSON() ([]byte, error) {
	if !o.ok {
		return []byte("null"), nil
	}
	return json.Marshal(o.val)
}
func (o *Option[T]) UnmarshalJSON(b []byte) error {
	o.ok = string(b) != "null"
	return json.Unmarshal(b, &o.val)
}

type Settings struct {
	Option[string] // its methods become those of Settings
	Port           Option[int]
}
type Request struct {
	Host Option[string]
	Port Option[int]
	List []Option[float64]
}
type Ordered[T any] struct{ slices2[T] }
type slices2[T any] []T

func (s slices2[T]) Len() int { return len(s) }

type Builder[T fmt.Stringer] struct {
	strings.Builder
	parts []T
}

func (b *Builder[T]) Add(v T) *Builder[T] {
	b.parts = append(b.parts, v)
	b.WriteString(v.String() + ";")
	return b
}

type num int

func (n num) String() string { return fmt.Sprint("#", int(n)) }

func find[K comparable, V Keyed[K]](vs []V, k K) int {
	return slices.IndexFunc(vs, func(v V) bool { return v.Key() == k })
}

func main() {
	u := User{Base[int]{ID: 7}, "ann"}
	u.Tag("x", "y")
	d := Doc{&Base[string]{ID: "d1"}, "text"}
	d.Tag("z")
	fmt.Println(u, u.Key()+1, u.Is(7), d.Key()+"!", d.Tags, *d.Base)
	b, _ := json.Marshal([]any{u, d})
	fmt.Println(string(b))
	users := &Users{onPut: func(u User) { fmt.Print("put ", u.Name, "; ") }}
	users.Put(u, User{Name: "zero"}).Put(User{Base[int]{ID: 7}, "bob"})
	users.Each(func(id int, u User) { fmt.Print(id, "=", u.Name, " ") })
	fmt.Println(len(users.items), find(slices.Collect(func(y func(User) bool) { y(u) }), 7), find([]Doc{d}, "none"))

	r := Request{Host: Some("h"), List: []Option[float64]{Some(1.5), {}}}
	b, err := json.Marshal(r)
	fmt.Println(string(b), err)
	var back Request
	err = json.Unmarshal([]byte(`{"Host":null,"Port":80,"List":[null,2]}`), &back)
	fmt.Println(back.Host.Or("default"), back.Port.Or(1), back.List[0].Or(-1), back.List[1].ok, err)
	s := Settings{Some("inner"), Some(5)}
	b, err = json.Marshal(s)
	fmt.Println(string(b), s.Or("x"), err)
	o := Ordered[int]{slices2[int]{1, 2}}
	var bl Builder[num]
	bl.Add(1).Add(2)
	fmt.Println(o.Len(), o.slices2[1], bl.String(), bl.parts, bl.Len())
	fmt.Printf("%T %T %+v\n", u.Base, o, u)
}
