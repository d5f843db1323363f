//go:build ignore

package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

var config = struct {
	Host  string
	Ports []int
	TLS   struct {
		On   bool
		Cert *string
	}
}{Host: "localhost", Ports: []int{80, 443}}

func limits() (out struct{ lo, hi int }) {
	out.lo, out.hi = -1, 1
	return
}

func area(r struct{ w, h int }) int { return r.w * r.h }

type size struct{ w, h int }

func main() {
	cert := "cert.pem"
	config.TLS.On, config.TLS.Cert = true, &cert
	tls := config.TLS
	tls.On = false
	*tls.Cert = "other.pem"
	fmt.Println(config.Host, config.Ports, config.TLS.On, *config.TLS.Cert, tls.On)

	tests := []struct {
		name string
		in   []int
		want int
		fn   func([]int) int
	}{
		{"max", []int{1, 5, 3}, 5, func(v []int) int { return slices.Max(v) }},
		{name: "len", in: []int{7}, want: 1, fn: func(v []int) int { return len(v) }},
		{"sum", nil, 0, func(v []int) (s int) {
			for _, x := range v {
				s += x
			}
			return
		}},
		{name: "wrong", want: 9, fn: func([]int) int { return 8 }},
	}
	for i, tt := range tests {
		if got := tt.fn(tt.in); got != tt.want {
			fmt.Printf("%d %s: got %d, want %d\n", i, tt.name, got, tt.want)
		} else {
			fmt.Println(i, tt.name, "ok")
		}
	}

	fmt.Println(limits(), limits().hi, area(size{3, 4}), area(struct{ w, h int }{2, 5}))
	points := map[string]struct{ x, y float64 }{"origin": {}, "unit": {1, 1}}
	set := map[string]struct{}{"a": {}, "b": {}}
	_, in := set["a"]
	_, out := set["z"]
	fmt.Println(points["unit"].x, points, in, out, len(set))

	var reply struct {
		User struct {
			Name  string   `json:"name"`
			Langs []string `json:"langs"`
		} `json:"user"`
		Items []struct{ ID, Qty int } `json:"items"`
		Extra *struct{ Note string }
	}
	text := `{"user":{"name":"Ann","langs":["go","c"]},"items":[{"id":1,"qty":2},{"ID":3}],"extra":{"Note":"hi"}}`
	if err := json.NewDecoder(strings.NewReader(text)).Decode(&reply); err != nil {
		fmt.Println(err)
	}
	fmt.Printf("%+v %q\n", reply.Items, reply.User)
	b, _ := json.Marshal(reply)
	fmt.Println(string(b), reply.Extra.Note)

	p := &struct{ next any }{}
	p.next = p
	_, loops := p.next.(*struct{ next any })
	ch := make(chan struct {
		n   int
		err error
	}, 1)
	ch <- struct {
		n   int
		err error
	}{42, nil}
	res := <-ch
	fmt.Println(loops, res.n, res.err)
	fmt.Printf("%T %v %T\n", limits(), points["origin"], set)
	var s size = limits2()
	fmt.Println(s)
	a, b2 := struct{ v []int }{[]int{1}}, struct{ v []int }{nil}
	a, b2 = b2, a
	fmt.Println(a.v == nil, b2.v)
}

func limits2() struct{ w, h int } { return struct{ w, h int }{h: 2} }
