//go:build ignore

package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"

	"reflect"

	"strconv"
	"strings"
	"time"
)

type sale struct {
	Day    time.Time `csv:"day"`
	Item   string    `csv:"item"`
	Qty    int       `csv:"qty"`
	Price  float64   `csv:"price"`
	Note   *string   `csv:"note"`
	hidden int
}

type decoder struct {
	r    *csv.Reader
	cols map[string]int
}

func newDecoder(r io.Reader) (*decoder, error) {
	d := &decoder{csv.NewReader(r), map[string]int{}}
	d.r.TrimLeadingSpace = true
	d.r.ReuseRecord = true
	head, err := d.r.Read()
	for i, h := range head {
		d.cols[strings.ToLower(h)] = i
	}
	return d, err
}

func (d *decoder) decode(into any) error {
	rec, err := d.r.Read()
	if err != nil {
		return err
	}
	v := reflect.ValueOf(into).Elem()
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag.Get("csv")
		col, ok := d.cols[tag]
		if tag == "" || !ok {
			continue
		}
		if err := set(v.Field(i), rec[col]); err != nil {
			line, c := d.r.FieldPos(col)
			return fmt.Errorf("%d:%d: %s: %w", line, c, tag, err)
		}
	}
	return nil
}

func set(v reflect.Value, text string) (err error) {
	switch p := v.Addr().Interface().(type) {
	case *string:
		*p = text
	case *int:
		*p, err = strconv.Atoi(text)
	case *float64:
		*p, err = strconv.ParseFloat(text, 64)
	case *time.Time:
		*p, err = time.Parse(time.DateOnly, text)
	case **string:
		if *p = nil; text != "" {
			*p = &text
		}
	default:
		err = fmt.Errorf("type %v", v.Type())
	}
	return
}

const input = `Day, Item ,qty,price,note
2024-01-01,"nut, m8",10,0.25,
2024-01-01,bolt,5,1.5,"say ""hi""
twice"
2024-01-02,nut,1,0.3,
`

func main() {
	d, err := newDecoder(strings.NewReader(strings.Replace(input, " Item ", "Item", 1)))
	fmt.Println(err, d.cols)
	total := map[string]float64{}
	for {
		var s sale
		err := d.decode(&s)
		if err == io.EOF {
			break
		}
		if err != nil {
			fmt.Println(err)
			break
		}
		note := "-"
		if s.Note != nil {
			note = strconv.Quote(*s.Note)
		}
		fmt.Println(s.Day.Format("Jan 2"), s.Item, s.Qty, s.Price, note, s.hidden)
		total[s.Day.Weekday().String()] += float64(s.Qty) * s.Price
	}
	fmt.Println(total)
	d, _ = newDecoder(strings.NewReader("qty,item\n1,a\nx,b\n"))
	var s sale
	fmt.Println(d.decode(&s), s.Item)
	fmt.Println(d.decode(&s))

	for _, c := range []struct {
		text string
		mod  func(*csv.Reader)
	}{
		{"a,b\n1,2,3\n", nil}, {"a,b\n1,2,3\n", func(r *csv.Reader) { r.FieldsPerRecord = -1 }}, {"a;b\n# no\n;c", func(r *csv.Reader) { r.Comma, r.Comment = ';', '#' }},
		{"a,\"b\nc", nil}, {"a,b\"c\n", nil}, {"a,b\"c\n", func(r *csv.Reader) { r.LazyQuotes = true }}, {"\"a\"x,b", nil}, {"\r\n a ,\"\"\r\n\n,", nil}, {"é\tü\n", func(r *csv.Reader) { r.Comma = '\t' }}, {"a", func(r *csv.Reader) { r.Comma = '\n' }},
	} {
		r := csv.NewReader(strings.NewReader(c.text))
		if c.mod != nil {
			c.mod(r)
		}
		recs, err := r.ReadAll()
		var pe *csv.ParseError
		fmt.Printf("%q %v %v %d\n", recs, err, errors.As(err, &pe), r.InputOffset())
	}
}
