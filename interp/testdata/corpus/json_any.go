//go:build ignore

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// walk shows what a decoded text is made of.
func walk(v any, path string, out *[]string) {
	switch x := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(x))
		for k := range x {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			walk(x[k], path+"."+k, out)
		}
	case []any:
		for i, e := range x {
			walk(e, fmt.Sprintf("%s[%d]", path, i), out)
		}
	default:
		*out = append(*out, fmt.Sprintf("%s=%v(%T)", path, x, x))
	}
}

func get(v any, path ...any) any {
	for _, p := range path {
		switch k := p.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok {
				return fmt.Errorf("%v is no object", v)
			}
			v = m[k]
		case int:
			l, ok := v.([]any)
			if !ok || k >= len(l) {
				return fmt.Errorf("no element %d", k)
			}
			v = l[k]
		}
	}
	return v
}

type event struct {
	Type string          `json:"type"`
	Data json.RawMessage `json:"data"`
}
type click struct{ X, Y int }
type typed struct{ Text string }

func decode(s string) (any, error) {
	var e event
	if err := json.Unmarshal([]byte(s), &e); err != nil {
		return nil, err
	}
	var out any
	switch e.Type {
	case "click":
		out = new(click)
	case "typed":
		out = new(typed)
	default:
		return nil, fmt.Errorf("unknown type %q", e.Type)
	}
	err := json.Unmarshal(e.Data, out)
	return out, err
}

func main() {
	text := `{"n": 1, "f": 1.5, "e": 1e3, "s": "é\n\u0041\ud83d\ude00", "t": true, "z": null, "l": [1, "a", [], {}, [null]], "o": {"k": {"deep": -0.5}}, "n": 2}`
	var v any
	fmt.Println(json.Unmarshal([]byte(text), &v))
	var out []string
	walk(v, "", &out)
	fmt.Println(strings.Join(out, " "))
	fmt.Println(get(v, "o", "k", "deep"), get(v, "l", 1), get(v, "l", 9), get(v, "s", "x"), get(v, "none"))
	b, err := json.Marshal(v)
	fmt.Println(string(b), err)

	dec := json.NewDecoder(strings.NewReader(`{"big": 12345678901234567890, "list": [1.50]} {"second": true} [3] "x" 5 nul`))
	dec.UseNumber()
	for {
		var v any
		if err := dec.Decode(&v); err != nil {
			fmt.Printf("%T %v\n", err, err)
			break
		}
		fmt.Printf("%T %v\n", v, v)
		if m, ok := v.(map[string]any); ok && m["big"] != nil {
			n := m["big"].(json.Number)
			_, err := n.Int64()
			f, _ := n.Float64()
			fmt.Println(n, err != nil, f)
		}
	}
	fmt.Println(decode(`{"type":"click","data":{"x":1,"Y":2}}`))
	r, err := decode(`{"type":"typed","data":{"text":"hi"}}`)
	fmt.Println(r.(*typed).Text, err)
	_, err = decode(`{"type":"click","data":{"x":"one"}}`)
	var ute *json.UnmarshalTypeError
	fmt.Println(err, errors.As(err, &ute) && ute.Field == "x" && ute.Offset > 0)
	_, err = decode(`{"type":"other"}`)
	fmt.Println(err)

	strict := json.NewDecoder(strings.NewReader(`{"X":1,"Z":2}`))
	strict.DisallowUnknownFields()
	fmt.Println(strict.Decode(new(click)))
	var se *json.SyntaxError
	err = json.Unmarshal([]byte(`{"a": tru}`), &v)
	fmt.Println(err, errors.As(err, &se) && se.Offset == 10, json.Valid([]byte(`[1,]`)), json.Valid([]byte(`{"a":[1,{}]} `)))

	// Into an interface that holds a pointer, and into values that are there.
	c := click{1, 2}
	var target any = &c
	fmt.Println(json.Unmarshal([]byte(`{"Y":9}`), &target), c, target == any(&c))
	m := map[string]any{"keep": 1, "a": &c}
	fmt.Println(json.Unmarshal([]byte(`{"a":{"X":5},"b":2}`), &m), m["keep"], m["a"], m["b"], c)
	for _, bad := range []any{nil, c, (*click)(nil)} {
		fmt.Println(json.Unmarshal([]byte(`{}`), bad))
	}
	for _, f := range []float64{math.NaN(), math.Inf(1), 1e21, 1e20, 1e-7, 0.1, -0.0, 100} {
		b, err := json.Marshal(f)
		fmt.Print(string(b), " ", err, "; ")
	}
	fmt.Println()
	tok := json.NewDecoder(strings.NewReader(`{"a": [1, "b", {"c": null}], "d": true}`))
	for {
		t, err := tok.Token()
		if err == io.EOF {
			break
		}
		fmt.Printf("%T:%v/%v ", t, t, tok.More())
	}
	fmt.Println()
}
