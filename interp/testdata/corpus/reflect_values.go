//go:build ignore

package main

import (
	"errors"
	"fmt"
	"reflect"
	"sort"
)

type Level int
type Config struct {
	Name   string
	Level  Level
	Tags   []string
	Limits map[string]int
	Next   *Config
	Any    any
	Fn     func(int) int
	secret int
}

func (l Level) String() string { return fmt.Sprint("level ", int(l)) }

func try(what string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(what, "->", r)
		}
	}()
	f()
}

// merge sets in dst what is not zero in src.
func merge(dst, src any) {
	d, s := reflect.ValueOf(dst).Elem(), reflect.ValueOf(src).Elem()
	for i := range d.NumField() {
		if f := s.Field(i); d.Field(i).CanSet() && !f.IsZero() {
			d.Field(i).Set(f)
		}
	}
}

// deepCopy copies all that is exported.
func deepCopy(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		p := reflect.New(v.Type().Elem())
		p.Elem().Set(deepCopy(v.Elem()))
		return p
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		s := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			s.Index(i).Set(deepCopy(v.Index(i)))
		}
		return s
	case reflect.Map:
		if v.IsNil() {
			return v
		}
		m := reflect.MakeMapWithSize(v.Type(), v.Len())
		for it := v.MapRange(); it.Next(); {
			m.SetMapIndex(it.Key(), deepCopy(it.Value()))
		}
		return m
	case reflect.Interface:
		if v.IsNil() {
			return v
		}
		return deepCopy(v.Elem())
	case reflect.Struct:
		s := reflect.New(v.Type()).Elem()
		for i := range v.NumField() {
			if s.Field(i).CanSet() {
				s.Field(i).Set(deepCopy(v.Field(i)))
			}
		}
		return s
	}
	return v
}

func main() {
	c := Config{Name: "c", Tags: []string{"a"}, Limits: map[string]int{"x": 1}, secret: 7}
	v := reflect.ValueOf(&c).Elem()
	v.FieldByName("Name").SetString("set")
	v.Field(1).SetInt(5)
	tags := v.FieldByName("Tags")
	tags.Set(reflect.Append(tags, reflect.ValueOf("b")))
	tags.Index(0).SetString("A")
	v.FieldByName("Limits").SetMapIndex(reflect.ValueOf("y"), reflect.ValueOf(2))
	v.FieldByName("Limits").SetMapIndex(reflect.ValueOf("x"), reflect.Value{})
	v.FieldByName("Any").Set(reflect.ValueOf([]int{1}))
	v.FieldByName("Next").Set(reflect.New(reflect.TypeFor[Config]()))
	v.FieldByName("Next").Elem().Field(0).SetString("next")
	v.FieldByName("Fn").Set(reflect.MakeFunc(reflect.TypeFor[func(int) int](), func(args []reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.ValueOf(int(args[0].Int()) * 10)}
	}))
	fmt.Println(c.Name, c.Level, c.Tags, c.Limits, c.Any, c.Next.Name, c.Fn(4))
	fmt.Println(v.FieldByName("secret").Int(), v.FieldByName("secret").CanSet(), v.FieldByName("secret").CanInterface(), v.Field(0).CanAddr(), v.FieldByName("none").IsValid(), reflect.ValueOf(c).Field(0).CanSet())

	d := deepCopy(v).Interface().(Config)
	d.Tags[0], d.Limits["y"], d.Next.Name, d.Any.([]int)[0] = "changed", 99, "changed", 99
	fmt.Println(c.Tags, c.Limits, c.Next.Name, c.Any, d.secret, d.Name)
	merge(&c, &Config{Level: 9, Tags: nil, Limits: map[string]int{}})
	fmt.Println(c.Level, c.Tags, c.Limits)

	m := reflect.ValueOf(map[string]Level{"b": 2, "a": 1})
	keys := m.MapKeys()
	sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
	for _, k := range keys {
		fmt.Print(k, "=", m.MapIndex(k), " ")
	}
	fmt.Println(m.Len(), m.MapIndex(reflect.ValueOf("z")).IsValid())
	s := reflect.MakeSlice(reflect.TypeFor[[]Level](), 2, 5)
	s.Index(1).Set(reflect.ValueOf(Level(3)))
	s = reflect.AppendSlice(s.Slice(1, 2), reflect.ValueOf([]Level{4, 5}))
	arr := reflect.New(reflect.TypeFor[[2]int]()).Elem()
	n := reflect.Copy(arr, reflect.ValueOf([]int{7, 8, 9}))
	fmt.Println(s, s.Len(), s.Cap() >= 3, arr, n, s.Interface().([]Level)[0])
	ch := reflect.MakeChan(reflect.TypeFor[chan string](), 1)
	fmt.Println(ch.TrySend(reflect.ValueOf("x")), ch.TrySend(reflect.ValueOf("y")), ch.Len())
	got, ok := ch.Recv()
	ch.Close()
	_, ok2 := ch.Recv()
	fmt.Println(got, ok, ok2)
	i, rv, ok := reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: ch}, {Dir: reflect.SelectRecv, Chan: reflect.ValueOf((chan int)(nil))}})
	fmt.Println(i, rv.String() == "", ok)

	fmt.Println(reflect.ValueOf(Level(65)).Convert(reflect.TypeFor[float64]()), reflect.ValueOf("hi").Convert(reflect.TypeFor[[]byte]()), reflect.ValueOf(3.9).Convert(reflect.TypeFor[Level]()), reflect.ValueOf(Level(1)).Interface().(fmt.Stringer))
	fmt.Println(reflect.DeepEqual(c, c), reflect.DeepEqual([]any{1, map[string][]int{"a": {1}}}, []any{1, map[string][]int{"a": {1}}}), reflect.DeepEqual([]int(nil), []int{}), reflect.DeepEqual(1, Level(1)), reflect.DeepEqual(errors.New("x"), errors.New("x")), reflect.DeepEqual(Config{Tags: []string{"a"}}, Config{Tags: []string{"a"}}))
	var nilAny any
	var nilPtr *Config
	fmt.Println(reflect.ValueOf(nilAny).IsValid(), reflect.ValueOf(nilPtr).IsNil(), reflect.Zero(v.Type()).IsZero(), reflect.Indirect(reflect.ValueOf(&c)).Type(), reflect.ValueOf(&nilAny).Elem().Kind(), reflect.ValueOf(&nilAny).Elem().IsNil())
	w := reflect.New(reflect.TypeFor[int]())
	w.Elem().SetInt(42)
	fmt.Println(*w.Interface().(*int), w.Elem().CanInt(), w.Elem().OverflowInt(1<<40), reflect.ValueOf(uint8(1)).OverflowUint(300), w.Elem().Comparable(), w.Elem().Equal(reflect.ValueOf(42)))
	swap := reflect.Swapper(c.Tags)
	swap(0, 1)
	fmt.Println(c.Tags)
	for i, x := range reflect.ValueOf([]string{"p", "q"}).Seq2() {
		fmt.Print(i, x, " ")
	}
	fmt.Println()
	if p, ok := reflect.TypeAssert[*Config](v.FieldByName("Next")); ok {
		fmt.Println(p.Name)
	}
	try("set unaddressable", func() { reflect.ValueOf(c).Field(0).SetString("x") })
	try("set unexported", func() { v.FieldByName("secret").SetInt(1) })
	try("wrong kind", func() { v.Field(0).SetInt(1) })
	try("wrong type", func() { v.Field(0).Set(reflect.ValueOf(1)) })
	try("zero Value", func() { reflect.Value{}.Type() })
	try("nil elem", func() { reflect.ValueOf(nilPtr).Elem().Field(0) })
	try("index", func() { reflect.ValueOf([]int{1}).Index(1) })
	try("interface", func() { v.FieldByName("secret").Interface() })
}
