//go:build ignore

package main

import (
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

func main() {
	s := &Scientific{Calculator{Name: "sci "}, 10}
	d := dispatcher{reflect.ValueOf(s)}
	fmt.Println(d.names(), dispatcher{reflect.ValueOf(*s)}.names())
	for _, line := range []string{"Add 2.5", "Add 1.5", "Div 2", "Pow 3", "Div 0", "Div x", "Show >", "Show > true false", "Show > maybe", "Reset", "Reset now", "Boom bang", "hidden", "Nope", "Pow 300", "Add"} {
		fmt.Printf("%s: ", line)
		fmt.Println(d.call(line))
	}
	fmt.Println(s.mem)

}
