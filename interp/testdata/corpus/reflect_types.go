//go:build ignore

package main

import (
	"fmt"
	"io"
	"reflect"
	"strings"
)

type Level int
type Point struct {
	X, Y int `json:"-" db:"coord,pk"`
}
type Inner struct{ Deep []map[string]*Point }
type Thing struct {
	Name string `json:"name,omitempty" xml:"n" empty:""`
	Inner
	*Point
	fmt.Stringer
	lvl    Level
	Fn     func(int, ...string) (bool, error)
	Ch     <-chan Level
	Arr    [3]Level
	Any    any
	Err    error
	hidden struct{ a int }
}
type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func (l Level) String() string          { return fmt.Sprint("L", int(l)) }
func (p Point) Dist(o Point) int        { return (p.X-o.X)*(p.X-o.X) + (p.Y-o.Y)*(p.Y-o.Y) }
func (p *Point) Move(dx, dy int) *Point { p.X += dx; p.Y += dy; return p }
func (p Point) private() int            { return p.X }
func (p Point) Sum(ns ...int) (total int) {
	total = p.X + p.Y
	for _, n := range ns {
		total += n
	}
	return
}
func (p Pair[K, V]) Swap() (V, K) { return p.Val, p.Key }

func describe(t reflect.Type, indent string) {
	fmt.Printf("%s%v kind=%v name=%q size>0=%v comparable=%v methods=%d\n", indent, t, t.Kind(), t.Name(), t.Size() > 0, t.Comparable(), t.NumMethod())
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			fmt.Printf("%s  %s %v tag=%q exported=%v embedded=%v index=%v\n", indent, f.Name, f.Type, f.Tag, f.IsExported(), f.Anonymous, f.Index)
		}
	case reflect.Func:
		for i := range t.NumIn() {
			fmt.Print(indent, "  in ", t.In(i), "\n")
		}
		for i := range t.NumOut() {
			fmt.Print(indent, "  out ", t.Out(i), "\n")
		}
		fmt.Println(indent+"  variadic", t.IsVariadic())
	case reflect.Map:
		fmt.Println(indent+"  key", t.Key(), "elem", t.Elem())
	case reflect.Array:
		fmt.Println(indent+"  len", t.Len(), t.Elem())
	case reflect.Chan:
		fmt.Println(indent+"  dir", t.ChanDir(), t.Elem())
	case reflect.Pointer, reflect.Slice:
		describe(t.Elem(), indent+"  ")
	case reflect.Interface:
		for i := range t.NumMethod() {
			fmt.Println(indent+"  ", t.Method(i).Name, t.Method(i).Type)
		}
	}
}

func main() {
	thing := reflect.TypeFor[Thing]()
	describe(thing, "")
	for i := range thing.NumField() {
		f := thing.Field(i)
		if f.Type.Kind() != reflect.Struct && f.Type.Kind() != reflect.String {
			describe(f.Type, "  ")
		}
	}
	f, _ := thing.FieldByName("Name")
	v, ok := f.Tag.Lookup("empty")
	_, none := f.Tag.Lookup("none")
	fmt.Println(f.Tag.Get("json"), f.Tag.Get("xml"), v == "", ok, none)
	x, ok := thing.FieldByName("X")
	deep, _ := thing.FieldByName("Deep")
	_, missing := thing.FieldByName("nope")
	fmt.Println(x.Index, x.Tag.Get("db"), ok, deep.Index, missing, thing.FieldByIndex([]int{1, 0}).Type)
	fn, ok := thing.FieldByNameFunc(func(s string) bool { return strings.EqualFold(s, "ERR") })
	fmt.Println(fn.Name, ok)

	for _, t := range []reflect.Type{reflect.TypeFor[Point](), reflect.TypeFor[*Point](), reflect.TypeFor[Level](), reflect.TypeFor[Pair[string, []int]](), thing, reflect.TypeFor[*Thing]()} {
		fmt.Print(t, ": ")
		for i := range t.NumMethod() {
			m := t.Method(i)
			fmt.Print(m.Name, " ", m.Type, "; ")
		}
		fmt.Println()
	}
	_, hasMove := reflect.TypeFor[Point]().MethodByName("Move")
	m, hasPtr := reflect.TypeFor[*Point]().MethodByName("Move")
	fmt.Println(hasMove, hasPtr, m.Index, m.Func.Kind())

	stringer, errorT, writer := reflect.TypeFor[fmt.Stringer](), reflect.TypeFor[error](), reflect.TypeFor[io.Writer]()
	fmt.Println(reflect.TypeFor[Level]().Implements(stringer), reflect.TypeFor[Point]().Implements(stringer), reflect.TypeFor[*strings.Builder]().Implements(writer), thing.Implements(stringer), reflect.TypeFor[Level]().Implements(errorT))
	intT := reflect.TypeFor[int]()
	fmt.Println(reflect.TypeFor[Level]().ConvertibleTo(intT), reflect.TypeFor[Level]().AssignableTo(intT), reflect.TypeFor[[]byte]().ConvertibleTo(reflect.TypeFor[string]()), reflect.TypeFor[struct{ X, Y int }]().ConvertibleTo(reflect.TypeFor[struct{ X, Y int }]()))
	fmt.Println(reflect.TypeOf(1) == intT, reflect.TypeOf(Level(1)) == intT, reflect.TypeOf(nil), reflect.TypeOf((*error)(nil)).Elem() == errorT, reflect.TypeFor[Pair[int, int]]() == reflect.TypeOf(Pair[int, int]{}))
	fmt.Println(reflect.SliceOf(intT), reflect.MapOf(reflect.TypeFor[string](), thing), reflect.PointerTo(thing), reflect.ChanOf(reflect.RecvDir, intT), reflect.ArrayOf(2, stringer), reflect.FuncOf([]reflect.Type{intT, reflect.SliceOf(intT)}, []reflect.Type{errorT}, true))
	st := reflect.StructOf([]reflect.StructField{{Name: "A", Type: intT, Tag: `json:"a"`}, {Name: "B", Type: reflect.TypeFor[Point]()}})
	fmt.Println(st, st.NumField(), reflect.SliceOf(intT) == reflect.TypeFor[[]int](), thing.PkgPath(), intT.PkgPath() == "", reflect.TypeFor[strings.Builder]().PkgPath())
	fmt.Println(reflect.TypeFor[rune](), reflect.TypeFor[byte](), reflect.TypeFor[any](), reflect.TypeFor[map[Point][]func(...any)](), reflect.TypeFor[interface{ M(int) }](), reflect.TypeFor[struct {
		a int `t:"v"`
	}](), intT.Bits(), reflect.TypeFor[float32]().Bits(), intT.Kind() == reflect.Int)
	for f := range reflect.TypeFor[Point]().Fields() {
		fmt.Print(f.Name, f.Offset, " ")
	}
	for m := range reflect.TypeFor[*Point]().Methods() {
		fmt.Print(m.Name, " ")
	}
	fmt.Println()
}
