//go:build ignore

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}
type Pair[A, B any] struct {
	A A `json:"a"`
	B B `json:"b"`
}

// Pair travels as a list of two.
func (p Pair[A, B]) MarshalJSON() ([]byte, error) { return json.Marshal([]any{p.A, p.B}) }
func (p *Pair[A, B]) UnmarshalJSON(b []byte) error {
	raw := []json.RawMessage{}
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	if len(raw) != 2 {
		return fmt.Errorf("pair of %d", len(raw))
	}
	return errors.Join(json.Unmarshal(raw[0], &p.A), json.Unmarshal(raw[1], &p.B))
}

type Nullable[T any] struct {
	V     T
	Valid bool
}

func (n Nullable[T]) MarshalJSON() ([]byte, error) {
	if n.Valid {
		return json.Marshal(n.V)
	}
	return []byte("null"), nil
}
func (n *Nullable[T]) UnmarshalJSON(b []byte) error {
	if bytes.Equal(b, []byte("null")) {
		*n = Nullable[T]{}
		return nil
	}
	n.Valid = true
	return json.Unmarshal(b, &n.V)
}
func (n Nullable[T]) IsZero() bool { return !n.Valid }

// One takes a single value where a list is meant.
type One[T any] []T

func (o *One[T]) UnmarshalJSON(b []byte) error {
	if b[0] == '[' {
		return json.Unmarshal(b, (*[]T)(o))
	}
	var v T
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*o = One[T]{v}
	return nil
}

func Parse[T any](r io.Reader) (v T, err error) {
	dec := json.NewDecoder(r)
	dec.DisallowUnknownFields()
	if err = dec.Decode(&v); err == nil && dec.More() {
		err = errors.New("more than one value")
	}
	return
}
func Text[T any](v T) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "error: " + err.Error()
	}
	return string(b)
}
func Clone[T any](v T) (out T) {
	if err := json.Unmarshal([]byte(Text(v)), &out); err != nil {
		panic(err)
	}
	return
}
func Stream[T any](s string, f func(T) error) error {
	dec := json.NewDecoder(strings.NewReader(s))
	if t, err := dec.Token(); err != nil || t != json.Delim('[') {
		return fmt.Errorf("no list: %v %w", t, err)
	}
	for dec.More() {
		var v T
		if err := dec.Decode(&v); err != nil {
			return err
		}
		if err := f(v); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return err
}

type user struct {
	Name  string           `json:"name"`
	Email Nullable[string] `json:"email"`
	Age   Nullable[int]    `json:"age,omitzero"`
	Tags  One[string]      `json:"tags"`
	Pos   Pair[int, []int] `json:"pos"`
}

func main() {
	u := user{"ann", Nullable[string]{"a@b", true}, Nullable[int]{}, One[string]{"x"}, Pair[int, []int]{1, []int{2, 3}}}
	fmt.Println(Text(u), Text(&u), Text([]user{{}}))
	fmt.Println(Text(Page[Pair[string, bool]]{Items: []Pair[string, bool]{{"a", true}}, Next: "n"}), Text(Page[any]{}))
	p, err := Parse[Page[user]](strings.NewReader(`{"items":[{"name":"b","email":null,"age":5,"tags":"one","pos":[7,[8]]},{"tags":["p","q"]}]}`))
	fmt.Printf("%+v %v\n", p, err)
	_, err = Parse[Pair[int, int]](strings.NewReader(`[1,2,3]`))
	_, err2 := Parse[Pair[int, string]](strings.NewReader(`["x", 5]`))
	_, err3 := Parse[map[string]One[int]](strings.NewReader(`{"a":1,"b":[2]} {}`))
	_, err4 := Parse[Page[int]](strings.NewReader(`{"items":[1],"bogus":1}`))
	fmt.Println(err, "|", strings.ReplaceAll(err2.Error(), "\n", " & "), "|", err3, "|", err4)
	c := Clone(u)
	c.Tags[0] = "changed"
	fmt.Println(u.Tags, c.Tags, c.Pos.B, Clone(map[string][]int{"k": {1}}), Clone[any](u) != nil)
	sum := 0
	err = Stream(`[1, 2, 3.0]`, func(n float64) error { sum += int(n); return nil })
	fmt.Println(sum, err)
	err = Stream(`[["a",1],["b",2],["c",3]]`, func(p Pair[string, int]) error {
		if p.B == 2 {
			return fmt.Errorf("stopped at %s", p.A)
		}
		return nil
	})
	fmt.Println(err, Stream(`{}`, func(any) error { return nil }), Stream(`[1,`, func(int) error { return nil }))
	fmt.Println(Text(func() {}), Text(map[string]Nullable[Pair[int, *int]]{"k": {Pair[int, *int]{1, nil}, true}, "n": {}}))
}
