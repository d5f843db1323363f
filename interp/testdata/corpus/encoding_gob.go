//go:build ignore

package main

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

type Shape interface{ Area() float64 }
type Square struct{ Side float64 }
type Rect struct{ W, H float64 }
type Level int

func (s Square) Area() float64 { return s.Side * s.Side }
func (r *Rect) Area() float64  { return r.W * r.H }

type Node struct {
	Val   int
	Left  *Node
	Right *Node
}
type Doc struct {
	Title  string
	Tags   []string
	Meta   map[string]any
	When   time.Time
	Shapes []Shape
	Root   *Node
	Level  Level
	Opt    *int
	Arr    [2]bool
	hidden string
}
type DocV2 struct { // has other fields, in another order
	Level int64
	Title string
	Extra string
	Root  struct{ Val int }
}

// A Secret decides itself how it travels.
type Secret struct{ text string }

func (s Secret) GobEncode() ([]byte, error) {
	if s.text == "" {
		return nil, errors.New("nothing to hide")
	}
	return []byte(strings.ToUpper(s.text)), nil
}
func (s *Secret) GobDecode(b []byte) error { s.text = "decoded " + string(b); return nil }

type Temp struct{ deg float64 }

func (t Temp) MarshalBinary() ([]byte, error) { return fmt.Appendf(nil, "%.1f", t.deg), nil }
func (t *Temp) UnmarshalBinary(b []byte) error {
	_, err := fmt.Sscan(string(b), &t.deg)
	return err
}

type Holder struct {
	S  Secret
	T  []Temp
	M  map[Level]Secret
	SP *Secret
}

func (n *Node) sum() int {
	if n == nil {
		return 0
	}
	return n.Val + n.Left.sum() + n.Right.sum()
}

func roundtrip(in, out any) error {
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(in); err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	return gob.NewDecoder(&buf).Decode(out)
}

func main() {
	gob.Register(Square{})
	gob.Register(&Rect{})
	gob.RegisterName("level", Level(0))
	gob.Register([]any(nil))
	gob.Register(map[string]any(nil))
	five := 5
	d := Doc{Title: "t", Tags: []string{"a", "b"}, Meta: map[string]any{"n": 1, "l": Level(3), "list": []any{1.5, "x"}, "m": map[string]any{"k": true}}, When: time.Date(2024, 1, 2, 3, 4, 5, 6, time.UTC),
		Shapes: []Shape{Square{2}, &Rect{2, 3}}, Root: &Node{1, &Node{Val: 2}, &Node{3, nil, &Node{Val: 4}}}, Level: 7, Opt: &five, Arr: [2]bool{false, true}, hidden: "stays"}
	var back Doc
	fmt.Println(roundtrip(d, &back))
	fmt.Println(back.Title, back.Tags, back.Meta, back.When.Equal(d.When), back.Shapes[0].Area(), back.Shapes[1].Area(), back.Root.sum(), back.Level, *back.Opt, back.Arr, back.hidden == "")
	fmt.Printf("%T %T\n", back.Shapes[1], back.Meta["l"])
	var v2 DocV2
	v2.Extra = "kept"
	fmt.Println(roundtrip(d, &v2), v2)

	h := Holder{Secret{"abc"}, []Temp{{36.6}, {-1}}, map[Level]Secret{1: {"in a map"}}, &Secret{"by pointer"}}
	var hb Holder
	fmt.Println(roundtrip(h, &hb), hb.S, hb.T, hb.M, hb.SP.text)
	fmt.Println(roundtrip(Holder{}, &hb))
	for _, c := range []struct{ in, out any }{
		{42, new(string)}, {struct{ X int }{1}, &struct{ Y int }{}}, {[]int{1, 2, 3}, new([2]int)}, {300, new(int8)}, {func() {}, new(int)}, {make(chan int), new(int)}, {struct{ a int }{1}, &struct{ a int }{}}, {&five, new(float64)}, {"s", *new(string)}, {uint8(9), new(uint64)}, {[]byte("b"), new(string)},
	} {
		err := roundtrip(c.in, c.out)
		fmt.Println(err)
	}

	// One stream carries many values; types are described once.
	var buf bytes.Buffer
	enc := gob.NewEncoder(&buf)
	var sizes []int
	for i := range 3 {
		before := buf.Len()
		enc.Encode(Rect{float64(i), 2})
		sizes = append(sizes, buf.Len()-before)
	}
	enc.Encode("mixed")
	enc.Encode(struct{ S Shape }{Square{5}})
	fmt.Println(sizes[0] > sizes[1], sizes[1] <= sizes[2])
	dec := gob.NewDecoder(&buf)
	for range 3 {
		var r Rect
		err := dec.Decode(&r)
		fmt.Print(r, err, " ")
	}
	var s string
	var sh struct{ S Shape }
	fmt.Println(dec.Decode(&s), s)
	fmt.Println(dec.Decode(&sh), sh.S.Area(), dec.Decode(&s) == io.EOF)
	var any1 any = Level(9)
	var any2 any
	fmt.Println(roundtrip(&any1, &any2), any2 == any1)
	buf.Reset()
	enc = gob.NewEncoder(&buf)
	enc.Encode(d.Tags)
	trunc := buf.Bytes()[:buf.Len()-2]
	fmt.Println(gob.NewDecoder(bytes.NewReader(trunc)).Decode(&back.Tags))
}
