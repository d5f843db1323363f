//go:build ignore

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"
)

type Address struct {
	Street string `json:"street"`
	Zip    string `json:"zip,omitempty"`
}
type base struct {
	ID      int       `json:"id"`
	Created time.Time `json:"created"`
}
type level int
type person struct {
	base
	*Address
	Name     string          `json:"name"`
	Nick     string          `json:"-"`
	Dash     string          `json:"-,"`
	Age      int             `json:"age,omitempty"`
	Score    float64         `json:"score,string"`
	Big      int64           `json:",string"`
	Tags     []string        `json:"tags"`
	Meta     map[string]any  `json:"meta,omitempty"`
	Home     Address         `json:"home"`
	Work     *Address        `json:"work,omitempty"`
	Since    time.Time       `json:"since,omitzero"`
	Empty    struct{}        `json:"empty,omitempty"`
	Raw      json.RawMessage `json:"raw,omitempty"`
	Data     []byte          `json:"data,omitempty"`
	Levels   [2]level        `json:"levels"`
	Byte     map[level]bool  `json:"by_level,omitempty"`
	Any      any             `json:"any"`
	Timeout  time.Duration   `json:"timeout"`
	private  string
	Untagged bool
}

func main() {
	enc := json.NewEncoder(os.Stdout)
	enc.Encode(person{})
	p := person{
		base: base{7, time.Date(2024, 2, 29, 1, 2, 3, 4000, time.UTC)}, Address: &Address{Street: "promoted"},
		Name: "Ann <&> \u2028 \"q\" \x01é\xff", Nick: "hidden", Dash: "dash", Age: 30, Score: 2.5, Big: 1 << 60, Tags: []string{"a", ""},
		Meta: map[string]any{"z": 1, "a": []int{1}, "n": nil}, Work: &Address{"s", "z"}, Raw: json.RawMessage(`{"x": [1,  2]}`),
		Data: []byte("bytes"), Levels: [2]level{1, 2}, Byte: map[level]bool{2: true, 1: false}, Any: Address{"dyn", ""}, Timeout: time.Second, private: "p",
	}
	if err := enc.Encode(p); err != nil {
		fmt.Println(err)
	}
	text, _ := json.Marshal(p)
	var back person
	err := json.Unmarshal(text, &back)
	fmt.Println(err, back.ID, back.Street, back.Name == strings.ToValidUTF8(p.Name, "\uFFFD"), back.Nick == "", back.Dash, back.Score, back.Big == p.Big, back.Any, string(back.Data), back.Created.Equal(p.Created), back.Byte, back.private == "")

	// Names are matched without case; what is not there stays as it was.
	q := person{Name: "kept", Age: 5, Tags: []string{"x", "y", "z"}, Meta: map[string]any{"old": 1.0}}
	err = json.Unmarshal([]byte(`{"AGE": 6, "tags": ["new"], "META": {"k": true}, "untagged": true, "unknown": [{}], "levels": [9], "street": "made", "home": {"zip": "1"}}`), &q)
	fmt.Println(err, q.Name, q.Age, q.Tags, len(q.Tags), q.Meta, q.Untagged, q.Levels, q.Address.Street, q.Home)
	err = json.Unmarshal([]byte(`{"name": null, "tags": null, "work": null, "age": null}`), &q)
	fmt.Println(err, q.Name, q.Tags == nil, q.Work == nil, q.Age)

	for _, bad := range []string{`{"age": "x"}`, `{"age": 1.5}`, `{"tags": [1]}`, `{"home": []}`, `{"name": "a"`, `{"score": "x"}`, `{"Big": 5}`, `{"age": 99999999999999999999}`, `[]`, ``, `{"data": "***"}`, `{"since": "yesterday"}`, `{"home": {"zip": {}}}`} {
		var r person
		err := json.Unmarshal([]byte(bad), &r)
		fmt.Printf("%s: %T %v\n", bad, err, err)
	}
	b, _ := json.MarshalIndent(struct {
		A []int          `json:"a"`
		B map[string]int `json:"b"`
		C []int
		D *int
	}{[]int{1, 2}, map[string]int{"y": 1, "x": 2}, []int{}, nil}, ">", "  ")
	fmt.Println(string(b))
	type Node struct {
		Val  int     `json:"v"`
		Kids []*Node `json:"kids,omitempty"`
	}
	var root Node
	fmt.Println(json.Unmarshal([]byte(`{"v":1,"kids":[{"v":2},{"v":3,"kids":[{"v":4}]},null]}`), &root), root.Kids[1].Kids[0].Val, root.Kids[2] == nil)
	text, err = json.Marshal(root)
	fmt.Println(string(text), err)
}
