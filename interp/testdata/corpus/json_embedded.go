//go:build ignore

package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"
)

type A struct {
	X    int
	Y    int `json:"y"`
	Same string
}
type B struct {
	X    int
	Z    int
	Same string
}
type deep struct{ Deep string }
type C struct {
	A
	*B
	deep
	Named A `json:"named"`
	Y     string
}
type tagWins struct {
	A
	B
	X int `json:"x2"`
}
type conflict struct {
	A
	B
}
type iface struct {
	fmt.Stringer
	N int
}
type str string

func (s str) String() string { return string(s) }

type stamped struct {
	time.Time // brings its MarshalJSON
	Note      string
}
type named struct {
	T    stamped
	When time.Time `json:"when"`
}
type Level int
type scalar struct {
	Level
	str
}
type generic[T any] struct {
	Items []T         `json:"items"`
	Next  *generic[T] `json:"next,omitempty"`
}
type page struct {
	generic[string]
	Total int
}
type recursive struct {
	*recursive
	V int
}
type outer struct {
	Inner struct {
		Deeper struct {
			Leaf []map[string]*int
		} `json:"d"`
	}
	Ptr **int
	If  any
}

func show(v any) {
	b, err := json.Marshal(v)
	fmt.Println(string(b), err)
}

func main() {
	show(C{A: A{1, 2, "a"}, B: &B{3, 4, "b"}, deep: deep{"d"}, Y: "outer"})
	show(C{})
	show(tagWins{A{1, 2, "a"}, B{3, 4, "b"}, 5})
	show(conflict{A{1, 2, "a"}, B{3, 4, "b"}})
	show(iface{str("s"), 1})
	show(iface{})
	when := time.Date(2024, 5, 6, 7, 8, 9, 0, time.FixedZone("", 2*3600))
	show(stamped{when, "lost"})
	show(named{stamped{when, "n"}, when.UTC()})
	show(scalar{3, "s"})
	show(page{generic[string]{[]string{"a"}, &generic[string]{}}, 1})
	show(recursive{&recursive{nil, 1}, 2})
	n := 5
	p := &n
	o := outer{Ptr: &p, If: &p}
	o.Inner.Deeper.Leaf = []map[string]*int{{"k": p, "nil": nil}}
	show(o)

	var c C
	fmt.Println(json.Unmarshal([]byte(`{"X":1,"y":2,"Y":"yy","Z":3,"Deep":"d","named":{"X":7},"Same":"?"}`), &c))
	fmt.Println(c.A, c.B, c.Deep, c.Named, c.Y, c.Same2())
	var pg page
	fmt.Println(json.Unmarshal([]byte(`{"items":["x","y"],"next":{"items":null},"Total":2}`), &pg), pg.Items, pg.Next.Items == nil, pg.Total)
	var back outer
	fmt.Println(json.Unmarshal([]byte(`{"Inner":{"d":{"Leaf":[{"a":1},null]}},"Ptr":9,"If":{"x":[1]}}`), &back), *back.Inner.Deeper.Leaf[0]["a"], **back.Ptr, back.If)
	var st stamped
	fmt.Println(json.Unmarshal([]byte(`"2024-05-06T07:08:09Z"`), &st), st.Time, st.Note == "")
	var sc scalar
	fmt.Println(json.Unmarshal([]byte(`{"Level":4,"str":"x"}`), &sc), sc)
	var r recursive
	fmt.Println(json.Unmarshal([]byte(`{"V":6}`), &r), r.V, r.recursive == nil)
	err := json.Unmarshal([]byte(`{"Stringer":"x"}`), &iface{})
	fmt.Println(err)

	t := reflect.TypeFor[C]()
	for _, f := range reflect.VisibleFields(t) {
		fmt.Print(f.Name, f.Index, f.Anonymous, " ")
	}
	fmt.Println()
	type anon = struct {
		A  `json:"a"`
		_  int
		On bool
	}
	show(anon{A: A{X: 1}, On: true})
	show([]any{struct{}{}, struct{ x int }{1}, map[string]struct{ V int }{"k": {1}}, [2]deep{}, &deep{"p"}, (*deep)(nil), []A(nil), []A{}, map[int]A{2: {}, 1: {}}})
}

func (c C) Same2() string { return c.A.Same + "|" + fmt.Sprint(c.B == nil) }
