//go:build ignore

package main

import (
	"encoding/json"
	"fmt"
	"math/big"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

type point struct{ x, y int }

func (p point) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%d,%d", p.x, p.y), nil }
func (p *point) UnmarshalText(b []byte) (err error) {
	xs, ys, ok := strings.Cut(string(b), ",")
	if !ok {
		return fmt.Errorf("point %q has no comma", b)
	}
	if p.x, err = strconv.Atoi(xs); err == nil {
		p.y, err = strconv.Atoi(ys)
	}
	return
}

type ref struct{ name string }

func (r *ref) MarshalText() ([]byte, error) { return []byte("ref:" + r.name), nil }

type month int

func (m month) MarshalText() ([]byte, error) {
	return []byte(strings.ToLower(time.Month(m).String())), nil
}
func (m *month) UnmarshalText(b []byte) error {
	for i := time.January; i <= time.December; i++ {
		if strings.EqualFold(i.String(), string(b)) {
			*m = month(i)
			return nil
		}
	}
	return fmt.Errorf("no month %s", b)
}

type color string // a string type keeps its text as the key, even with MarshalText

func (c color) MarshalText() ([]byte, error) { return []byte("color " + string(c)), nil }

type upper string

func (u *upper) UnmarshalText(b []byte) error { *u = upper(strings.ToUpper(string(b))); return nil }

type schedule struct {
	Sales  map[month]float64       `json:"sales"`
	Grid   map[point][]point       `json:"grid"`
	Nested map[int8]map[uint]month `json:"nested"`
	Hosts  map[netip.Addr]bool     `json:"hosts"`
	Big    map[string]*big.Int     `json:"big"`
}

func main() {
	s := schedule{
		Sales:  map[month]float64{12: 1.5, 1: 2, 7: 3},
		Grid:   map[point][]point{{1, 2}: {{3, 4}}, {-1, 0}: nil, {0, 9}: {}},
		Nested: map[int8]map[uint]month{-5: {7: 2}, 10: nil, 9: {}},
		Hosts:  map[netip.Addr]bool{netip.MustParseAddr("10.0.0.1"): true, netip.MustParseAddr("::1"): false},
		Big:    map[string]*big.Int{"k": new(big.Int).Lsh(big.NewInt(1), 80)},
	}
	b, err := json.Marshal(s)
	fmt.Println(string(b), err)
	var back schedule
	err = json.Unmarshal(b, &back)
	fmt.Println(err, back.Sales, back.Grid, back.Nested, back.Hosts, back.Big["k"])

	r := &ref{"a"}
	for _, v := range []any{
		map[*ref]int{r: 1}, map[color]color{"red": "blue"}, map[point]any{{1, 1}: point{2, 2}}, map[any]int(nil), []point{{1, 2}},
		map[string]point{"k": {}}, map[month]map[month]int{3: {4: 5}}, map[int]string{10: "ten", 9: "nine", -1: "minus"}, map[float64]int{1.5: 1},
		struct{ M map[point]struct{} }{map[point]struct{}{{5, 5}: {}}}, map[any]int{"a": 1},
	} {
		b, err := json.Marshal(v)
		fmt.Println(string(b), err)
	}
	try := func(text string, into any) {
		err := json.Unmarshal([]byte(text), into)
		fmt.Println(err)
	}
	var grid map[point]int
	try(`{"1,2": 3, "4,5": 6}`, &grid)
	fmt.Println(grid)
	try(`{"12": 3}`, &grid)
	var months map[month]bool
	try(`{"May": true, "never": false}`, &months)
	var ints map[uint8]int
	try(`{"255": 1, "256": 2}`, &ints)
	try(`{"x": 1}`, &ints)
	fmt.Println(ints)
	var up map[upper]upper
	try(`{"k": "v", "K2": "w"}`, &up)
	fmt.Println(up)
	var colors map[color]int
	try(`{"red": 1}`, &colors)
	fmt.Println(colors["red"], len(colors))
	var any1 map[any]int
	try(`{"a": 1}`, &any1)
	for k := range grid {
		delete(grid, k)
	}
	grid[point{7, 7}] = 1
	try(`{"8,8": 2}`, &grid)
	b, _ = json.Marshal(grid)
	fmt.Println(string(b), len(grid))
}
