//go:build ignore

package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"strings"
)

type Calculator struct {
	mem  float64
	Name string
}

func (c *Calculator) Add(n float64) float64 { c.mem += n; return c.mem }
func (c *Calculator) Div(n int) (float64, error) {
	if n == 0 {
		return 0, errors.New("division by zero")
	}
	c.mem /= float64(n)
	return c.mem, nil
}
func (c Calculator) Show(prefix string, opts ...bool) string {
	return fmt.Sprint(prefix, c.Name, c.mem, opts)
}
func (c *Calculator) Reset()        { c.mem = 0 }
func (c *Calculator) Boom(s string) { panic(errors.New(s)) }
func (c *Calculator) hidden()       {}

// inject calls f with arguments found by type.
func inject(f any, have ...any) ([]any, error) {
	byType := map[reflect.Type]reflect.Value{}
	for _, h := range have {
		byType[reflect.TypeOf(h)] = reflect.ValueOf(h)
	}
	fv := reflect.ValueOf(f)
	var args []reflect.Value
next:
	for i := range fv.Type().NumIn() {
		in := fv.Type().In(i)
		if v, ok := byType[in]; ok {
			args = append(args, v)
			continue
		}
		for t, v := range byType {
			if in.Kind() == reflect.Interface && t.Implements(in) {
				args = append(args, v)
				continue next
			}
		}
		return nil, fmt.Errorf("nothing for argument %d, a %v", i, in)
	}
	var out []any
	for _, r := range fv.Call(args) {
		out = append(out, r.Interface())
	}
	return out, nil
}

func traced[F any](name string, f F, log *[]string) F {
	fv := reflect.ValueOf(f)
	return reflect.MakeFunc(fv.Type(), func(args []reflect.Value) []reflect.Value {
		*log = append(*log, fmt.Sprint(name, len(args)))
		if fv.Type().IsVariadic() {
			return fv.CallSlice(args)
		}
		return fv.Call(args)
	}).Interface().(F)
}

func main() {
	s := &Calculator{Name: "sci "}
	out, err := inject(func(n int, e error, ctx context.Context) string { return fmt.Sprint(n, e, ctx.Err()) }, 7, errors.New("found"), context.Background())
	fmt.Println(out, err)
	_, err = inject(func(n int, b []byte) {}, 7, "s")
	fmt.Println(err)
	var log []string
	join := traced("join", func(sep string, parts ...string) string { return strings.Join(parts, sep) }, &log)
	add := traced("add", func(a, b int) (int, error) { return a + b, nil }, &log)
	fmt.Println(join("-", "a", "b"), join("+"), log)
	fmt.Println(add(1, 2))
	fmt.Println(log)

	m := reflect.ValueOf(s).MethodByName("Show")
	expr := reflect.TypeFor[Calculator]().Method(0)
	fmt.Println(m.Call([]reflect.Value{reflect.ValueOf("p")})[0], m.CallSlice([]reflect.Value{reflect.ValueOf("q"), reflect.ValueOf([]bool{true})})[0])
	fmt.Println(expr.Name, expr.Func.Call([]reflect.Value{reflect.ValueOf(Calculator{Name: "by value "}), reflect.ValueOf("")})[0])
	f := m.Interface().(func(string, ...bool) string)
	s.Name = "renamed "
	fmt.Println(f("bound: "))
	for _, bad := range [][]reflect.Value{{}, {reflect.ValueOf(1)}, {reflect.ValueOf("a"), reflect.ValueOf("b")}} {
		func() {
			defer func() { fmt.Println(recover()) }()
			m.Call(bad)
		}()
	}
}
