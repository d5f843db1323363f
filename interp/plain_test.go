package interp_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/farside-go/farside/interp"
)

// What far code hands to compiled code must arrive as plain Go values once
// Plain was asked. The types here have methods on purpose: those are the values
// that the interpreter keeps in its own pairs when they are held in interfaces.
const plainTypes = `
type S struct { A int; b string }
func (s S) Get() int { return s.A }
type I interface { Get() int }
type N int
func (n N) Get() int { return int(n) }
type E struct { Code int }
func (e *E) Error() string { return fmt.Sprint("E", e.Code) }
type Node struct { V any; Next *Node }
type Has struct { I I; V any }
`

func TestPlainValues(t *testing.T) {
	var got any
	r := newRunner(t, map[string]any{"Take": func(v any) { got = v }})
	for _, c := range []struct{ source, want string }{
		{"nil", "<nil>"},
		{"1", "1"},
		{"`s`", "s"},
		{"1.5", "1.5"},
		{"[]int{1}", "[1]"},
		{"N(3)", "3"},
		{"S{1, `x`}", "{A:1 Xb:x}"},
		{"I(S{1, `x`})", "{A:1 Xb:x}"},
		{"I(N(4))", "4"},
		{"[]any{1, nil, `s`, S{2, `y`}, N(5), []any{N(6)}}", "[1 <nil> s {A:2 Xb:y} 5 [6]]"},
		{"[]I{S{3, `z`}, N(7), nil}", "[{A:3 Xb:z} 7 <nil>]"},
		{"[2]I{N(1), N(2)}", "[1 2]"},
		{"map[string]any{`a`: S{4, ``}, `b`: map[string]any{`c`: N(8)}}", "map[a:{A:4 Xb:} b:map[c:8]]"},
		{"map[string]I{`a`: N(9)}", "map[a:9]"},
		{"map[any]any{N(1): N(2)}", "map[1:2]"},
		{"[]S{{5, ``}}", "[{A:5 Xb:}]"},
		{"Has{N(1), N(2)}", "{I:1 V:2}"},
		{"[]any{Has{S{1, ``}, []any{N(2)}}}", "[{I:{A:1 Xb:} V:[2]}]"},
		{"struct{ V any }{N(3)}", "{V:3}"},
		{"any(any(N(4)))", "4"},
		{"[]error{errors.New(`e`)}", "[e]"},
		{"[]map[string]I{{`k`: N(1)}}", "[map[k:1]]"},
		{"[]I(nil)", "[]"},
		{"map[string]I(nil)", "map[]"},
	} {
		got = "nothing"
		if _, err := r.run("import `example.com/test`\nvar v any = " + c.source + "\ntest.Take(v)\n" + plainTypes); err != nil {
			t.Errorf("%s: %v", c.source, err)
			continue
		}
		plain := interp.Plain(got)
		if text := fmt.Sprintf("%+v", plain); text != c.want {
			t.Errorf("%s: got %s, want %s", c.source, text, c.want)
		}
		if where := interpreted(reflect.ValueOf(plain), 0); where != "" {
			t.Errorf("%s: %s is left", c.source, where)
		}
	}
}

// interpreted finds a type of the interpreter's in a value.
func interpreted(v reflect.Value, depth int) string {
	if !v.IsValid() || depth > 10 {
		return ""
	}
	if strings.Contains(v.Type().String(), "interp.") {
		return v.Type().String()
	}
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		return interpreted(v.Elem(), depth+1)
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if found := interpreted(v.Index(i), depth+1); found != "" {
				return found
			}
		}
	case reflect.Map:
		for iter := v.MapRange(); iter.Next(); {
			if found := interpreted(iter.Value(), depth+1); found != "" {
				return found
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if found := interpreted(v.Field(i), depth+1); found != "" {
				return found
			}
		}
	}
	return ""
}

func TestResultsArePlain(t *testing.T) {
	r := newRunner(t, nil)
	r.want([]any{1, []any{2}}, "return []any{N(1), []any{N(2)}}"+plainTypes)
	r.want(map[string]any{"a": 1}, "func F(ctx context.Context) (map[string]any, error) { return map[string]any{`a`: N(1)}, nil }"+plainTypes)
	r.want(3, "func F(ctx context.Context) I { return N(3) }"+plainTypes)
}

func TestPlainErrorsKeepTheirText(t *testing.T) {
	var got any
	r := newRunner(t, map[string]any{"Take": func(v any) { got = v }})
	r.want(nil, "import `example.com/test`\nvar e error = &E{1}; test.Take([]any{e})"+plainTypes)
	list, ok := interp.Plain(got).([]any)
	if !ok || len(list) != 1 {
		t.Fatalf("%#v", got)
	}
	if err, ok := list[0].(error); !ok || err.Error() != "E1" {
		t.Errorf("%#v", list[0])
	}
}

func TestPlainFunctionsCanBeCalled(t *testing.T) {
	var got any
	r := newRunner(t, map[string]any{"Take": func(v any) { got = v }})
	r.want(nil, "import `example.com/test`\ntest.Take(map[string]any{`f`: func(n int) int { return n + 1 }})")
	f := reflect.ValueOf(interp.Plain(got)).MapIndex(reflect.ValueOf("f")).Elem()
	if out := f.Call([]reflect.Value{reflect.ValueOf(41)}); out[0].Interface() != 42 {
		t.Errorf("%v", out)
	}
}

// What has nothing of the interpreter's is given as it is, not copied.
func TestPlainLeavesWhatIsPlain(t *testing.T) {
	type list struct {
		Next *list
		V    any
		mu   chan int
	}
	cycle := &list{V: 1}
	cycle.Next = cycle
	slice := []any{nil}
	slice[0] = slice
	m := map[string]any{}
	m["m"] = m
	for _, v := range []any{nil, 1, "s", errors.New("e"), cycle, []byte("x"), &struct{ A any }{1}, list{}, reflect.TypeOf(1)} {
		if got := interp.Plain(v); !reflect.DeepEqual(got, v) {
			t.Errorf("%#v became %#v", v, got)
		}
	}
	if interp.Plain(cycle) != any(cycle) {
		t.Error("a pointer was copied")
	}
	if got := interp.Plain(slice).([]any); &got[0] != &slice[0] {
		t.Error("a slice was copied")
	}
	if got := interp.Plain(m); reflect.ValueOf(got).Pointer() != reflect.ValueOf(m).Pointer() {
		t.Error("a map was copied")
	}
}
