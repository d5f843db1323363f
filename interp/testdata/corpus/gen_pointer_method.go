//go:build ignore

package main

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Setter is for types whose pointer has the method.
type Setter[T any] interface {
	*T
	Set(string) error
}

type port int

func (p *port) Set(s string) error {
	n, err := strconv.ParseUint(s, 10, 16)
	if err != nil {
		return fmt.Errorf("port: %w", err)
	}
	*p = port(n)
	return nil
}

type list struct{ items []string }

func (l *list) Set(s string) error {
	if s == "" {
		return errors.New("empty list")
	}
	l.items = strings.Split(s, ",")
	return nil
}

func Parse[T any, P Setter[T]](texts ...string) ([]T, error) {
	out := make([]T, len(texts))
	for i, s := range texts {
		if err := P(&out[i]).Set(s); err != nil {
			return out[:i], err
		}
	}
	return out, nil
}

func New[T any, P Setter[T]](s string) P {
	p := P(new(T))
	if p.Set(s) != nil {
		return nil
	}
	return p
}

type level int

func (l level) MarshalText() ([]byte, error) { return []byte(strings.Repeat("*", int(l))), nil }
func (l *level) UnmarshalText(b []byte) error {
	*l = level(len(b))
	if strings.Trim(string(b), "*") != "" {
		return fmt.Errorf("level %q", b)
	}
	return nil
}

func FromText[T any, P interface {
	*T
	encoding.TextUnmarshaler
}](s string) (v T, err error) {
	err = P(&v).UnmarshalText([]byte(s))
	return
}

type Resettable[T any] interface {
	*T
	Reset()
}

type Pool[T any, P Resettable[T]] struct {
	free []P
	made int
}

func (p *Pool[T, P]) Get() P {
	if n := len(p.free); n > 0 {
		v := p.free[n-1]
		p.free = p.free[:n-1]
		return v
	}
	p.made++
	return new(T)
}
func (p *Pool[T, P]) Put(v P) { v.Reset(); p.free = append(p.free, v) }

type buffer struct{ data []byte }

func (b *buffer) Reset() { b.data = b.data[:0] }

func Decode[T any](text string) (*T, error) {
	v := new(T)
	return v, json.Unmarshal([]byte(text), v)
}

func Update[T any, P interface {
	*T
	comparable
}](m map[string]P, key string, f func(P)) {
	if m[key] == nil {
		m[key] = new(T)
	}
	f(m[key])
}

func main() {
	fmt.Println(Parse[port]("80", "443"))
	fmt.Println(Parse[port]("80", "99999", "1"))
	fmt.Println(Parse[list]("a,b", "c", ""))
	fmt.Println(*New[port]("8080"), New[port]("x") == nil, New[list]("q,r").items)
	fmt.Println(FromText[level]("***"))
	fmt.Println(FromText[level]("*x"))

	var pool Pool[buffer, *buffer]
	b := pool.Get()
	b.data = append(b.data, "some bytes"...)
	pool.Put(b)
	c, d := pool.Get(), pool.Get()
	fmt.Println(b == c, c == d, len(c.data), cap(c.data) > 0, pool.made)
	type conf struct {
		Level level
		Ports map[level]int
	}
	v, err := Decode[conf](`{"Level":"**","Ports":{"*":1,"***":3}}`)
	fmt.Println(*v, err)
	_, err = Decode[conf](`{"Level":"no"}`)
	fmt.Println(err)
	n, err := Decode[[]int]("[1,2]")
	fmt.Println(*n, err)
	m := map[string]*strings.Builder{}
	for _, k := range []string{"a", "b", "a"} {
		Update(m, k, func(b *strings.Builder) { fmt.Fprint(b, k, b.Len()) })
	}
	fmt.Println(m["a"], m["b"], len(m))
}
