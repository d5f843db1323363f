//go:build ignore

package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sort"
	"strconv"
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

type Scientific struct {
	Calculator
	base int
}

func (s *Scientific) Pow(exp uint8) float64 {
	r := 1.0
	for range exp {
		r *= s.mem
	}
	return r
}

// A dispatcher calls methods by name with texts as arguments.
type dispatcher struct{ target reflect.Value }

func (d dispatcher) names() (out []string) {
	t := d.target.Type()
	for i := range t.NumMethod() {
		out = append(out, t.Method(i).Name)
	}
	sort.Strings(out)
	return
}

func (d dispatcher) call(line string) (out string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panicked: %v", r)
		}
	}()
	words := strings.Fields(line)
	m := d.target.MethodByName(words[0])
	if !m.IsValid() {
		return "", fmt.Errorf("no method %s", words[0])
	}
	t := m.Type()
	var args []reflect.Value
	for i, w := range words[1:] {
		var in reflect.Type
		switch {
		case t.IsVariadic() && i >= t.NumIn()-1:
			in = t.In(t.NumIn() - 1).Elem()
		case i < t.NumIn():
			in = t.In(i)
		default:
			return "", fmt.Errorf("%s takes %d arguments", words[0], t.NumIn())
		}
		v, err := parse(in, w)
		if err != nil {
			return "", err
		}
		args = append(args, v)
	}
	var parts []string
	for _, r := range m.Call(args) {
		if err, ok := r.Interface().(error); ok && err != nil {
			return "", err
		}
		parts = append(parts, fmt.Sprintf("%v(%v)", r, r.Type()))
	}
	return strings.Join(parts, " "), nil
}

func parse(t reflect.Type, s string) (v reflect.Value, err error) {
	v = reflect.New(t).Elem()
	switch t.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Int, reflect.Int8:
		var n int64
		n, err = strconv.ParseInt(s, 10, t.Bits())
		v.SetInt(n)
	case reflect.Uint8:
		var n uint64
		n, err = strconv.ParseUint(s, 10, t.Bits())
		v.SetUint(n)
	case reflect.Float64:
		var f float64
		f, err = strconv.ParseFloat(s, 64)
		v.SetFloat(f)
	case reflect.Bool:
		var b bool
		b, err = strconv.ParseBool(s)
		v.SetBool(b)
	default:
		err = fmt.Errorf("cannot parse %v", t)
	}
	return
}

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
	s := &Scientific{Calculator{Name: "sci "}, 10}
	d := dispatcher{reflect.ValueOf(s)}
	fmt.Println(d.names(), dispatcher{reflect.ValueOf(*s)}.names())
	for _, line := range []string{"Add 2.5", "Add 1.5", "Div 2", "Pow 3", "Div 0", "Div x", "Show >", "Show > true false", "Show > maybe", "Reset", "Reset now", "Boom bang", "hidden", "Nope", "Pow 300", "Add"} {
		fmt.Printf("%s: ", line)
		fmt.Println(d.call(line))
	}
	fmt.Println(s.mem)

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
