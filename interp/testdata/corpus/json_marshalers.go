//go:build ignore

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

type temp float64
type color struct{ r, g, b uint8 }
type status int
type date struct{ time.Time }
type secret string
type ptrOnly struct{ n int }
type bad struct{}
type list []color
type wrapper struct {
	json.Marshaler
}

func (t temp) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, `{"c": %.1f}`, float64(t)), nil }
func (t *temp) UnmarshalJSON(b []byte) error {
	var v struct{ C, F *float64 }
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	switch {
	case v.C != nil:
		*t = temp(*v.C)
	case v.F != nil:
		*t = temp((*v.F - 32) * 5 / 9)
	default:
		return errors.New("temp: neither C nor F")
	}
	return nil
}
func (c color) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "#%02x%02x%02x", c.r, c.g, c.b), nil
}
func (c *color) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "#%02x%02x%02x", &c.r, &c.g, &c.b)
	return err
}

var names = []string{"off", "on", "broken"}

func (s status) MarshalText() ([]byte, error) {
	if s < 0 || int(s) >= len(names) {
		return nil, fmt.Errorf("status %d", int(s))
	}
	return []byte(names[s]), nil
}
func (s *status) UnmarshalText(b []byte) error {
	for i, n := range names {
		if n == string(b) {
			*s = status(i)
			return nil
		}
	}
	return fmt.Errorf("no status %q", b)
}
func (d date) MarshalJSON() ([]byte, error) { return json.Marshal(d.Format(time.DateOnly)) }
func (d *date) UnmarshalJSON(b []byte) (err error) {
	d.Time, err = time.Parse(`"`+time.DateOnly+`"`, string(b))
	return
}
func (secret) MarshalJSON() ([]byte, error)     { return []byte(`"***"`), nil }
func (p *ptrOnly) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, `"ptr %d"`, p.n), nil }
func (bad) MarshalJSON() ([]byte, error)        { return []byte(`{bad`), nil }
func (l list) MarshalJSON() ([]byte, error) {
	var parts []string
	for _, c := range l {
		b, _ := c.MarshalText()
		parts = append(parts, string(b))
	}
	return json.Marshal(strings.Join(parts, ","))
}

type all struct {
	T     temp
	TP    *temp
	Nil   *temp
	C     color
	S     status
	D     date
	Any   any
	Slice []temp
	Arr   [2]status
	Map   map[string]color
	Keys  map[status]int
	CKeys map[color]status
	L     list
	Anys  []any
	If    fmt.Stringer
	P     ptrOnly
	PP    *ptrOnly
	Sec   secret `json:",omitempty"`
}

func main() {
	t := temp(36.6)
	v := all{T: 1, TP: &t, C: color{255, 128, 0}, S: 1, D: date{time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)}, Any: temp(5),
		Slice: []temp{1, 2}, Arr: [2]status{0, 2}, Map: map[string]color{"k": {1, 2, 3}}, Keys: map[status]int{2: 1, 0: 2, 1: 3},
		CKeys: map[color]status{{0, 0, 1}: 1}, L: list{{}, {1, 1, 1}}, Anys: []any{status(1), &t, color{}, nil, map[string]any{"s": status(2)}, secret("x")},
		P: ptrOnly{1}, PP: &ptrOnly{2}, Sec: "pw"}
	b, err := json.Marshal(v)
	fmt.Println(string(b), err)
	b2, err := json.Marshal(&v) // now P can be asked, too
	fmt.Println(string(b2) == string(b), strings.Contains(string(b2), `"P":"ptr 1"`), err)
	var back all
	text := strings.Replace(string(b2), `"L":"#000000,#010101",`, "", 1)
	text = strings.ReplaceAll(text, `"P":"ptr 1","PP":"ptr 2",`, "")
	err = json.Unmarshal([]byte(text), &back)
	fmt.Println(err, back.T, *back.TP, back.Nil == nil, back.C, back.S, back.D.Format("Jan 2"), back.Any, back.Slice, back.Arr, back.Map, back.Keys, back.CKeys, back.Anys)

	for _, x := range []any{t, &t, []*temp{&t, nil}, map[string]temp{"a": 1}, struct{ X any }{status(1)}, []status{0, 1}, map[status]secret{1: "s"}, [1]any{date{}}, wrapper{t}, ptrOnly{5}, []ptrOnly{{6}}, map[string]ptrOnly{"k": {7}}, &struct{ P ptrOnly }{ptrOnly{8}}} {
		b, err := json.Marshal(x)
		fmt.Print(string(b), " ", err, "; ")
	}
	fmt.Println()
	for _, x := range []any{status(9), map[status]int{9: 1}, bad{}, []any{bad{}}, func() {}, make(chan int), map[bool]int{}, struct{ C complex128 }{}} {
		b, err := json.Marshal(x)
		fmt.Printf("%q %T %v\n", b, err, err)
	}
	var s status
	var c color
	var tt temp
	var m map[status]color
	for text, p := range map[string]any{`"on"`: &s} {
		fmt.Println(json.Unmarshal([]byte(text), p), s)
	}
	fmt.Println(json.Unmarshal([]byte(`"blue"`), &s))
	fmt.Println(json.Unmarshal([]byte(`5`), &s))
	fmt.Println(json.Unmarshal([]byte(`"#0a0b0c"`), &c), c)
	fmt.Println(json.Unmarshal([]byte(`{"f": 212}`), &tt), tt)
	fmt.Println(json.Unmarshal([]byte(`[{"c":1},{}]`), &[]temp{}))
	fmt.Println(json.Unmarshal([]byte(`{"on":"#010203","off":"#ffffff"}`), &m), m)
	fmt.Println(json.Unmarshal([]byte(`{"up":"#010203"}`), &m))
}
