//go:build ignore

package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

type color struct{ r, g, b uint8 }

func (c color) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "#%02x%02x%02x", c.r, c.g, c.b), nil
}
func (c *color) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "#%02x%02x%02x", &c.r, &c.g, &c.b)
	return err
}

// A pair list is written as elements named by their keys.
type pairs map[string]string

func (p pairs) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: "n"}, Value: fmt.Sprint(len(p))})
	if err := e.EncodeToken(start); err != nil {
		return err
	}
	for _, k := range []string{"a", "b", "c"} {
		if v, ok := p[k]; ok {
			if err := e.EncodeElement(v, xml.StartElement{Name: xml.Name{Local: k}}); err != nil {
				return err
			}
		}
	}
	return e.EncodeToken(start.End())
}
func (p *pairs) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	*p = pairs{}
	for {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			var v string
			if err := d.DecodeElement(&v, &t); err != nil {
				return err
			}
			(*p)[t.Name.Local] = v
		case xml.EndElement:
			return nil
		}
	}
}

type flag bool

func (f flag) MarshalXMLAttr(name xml.Name) (xml.Attr, error) {
	return xml.Attr{Name: name, Value: map[flag]string{true: "on", false: "off"}[f]}, nil
}
func (f *flag) UnmarshalXMLAttr(a xml.Attr) error { *f = a.Value == "on"; return nil }

type Base struct {
	ID   int       `xml:"id,attr"`
	When time.Time `xml:"when,attr,omitempty"`
}
type item struct {
	Base
	Name  string   `xml:"name"`
	Price *float64 `xml:"price,omitempty"`
	Color color    `xml:"color"`
	Tags  []string `xml:"tags>tag"`
	On    flag     `xml:"on,attr"`
	Skip  string   `xml:"-"`
	Note  string   `xml:",comment"`
	Body  string   `xml:",chardata"`
}
type doc struct {
	XMLName xml.Name `xml:"doc"`
	Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr,omitempty"`
	Items   []item   `xml:"item"`
	Meta    pairs    `xml:"meta"`
	Raw     struct {
		Inner string `xml:",innerxml"`
	} `xml:"raw"`
	Rest []any2 `xml:",any"`
}
type any2 struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
}

func outline(r io.Reader) (err error) {
	d := xml.NewDecoder(r)
	depth := 0
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			fmt.Print(strings.Repeat(" ", depth), t.Name.Local, len(t.Attr), "\n")
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if s := strings.TrimSpace(string(t)); s != "" {
				fmt.Printf("%s%q\n", strings.Repeat(" ", depth), s)
			}
		case xml.Comment, xml.ProcInst, xml.Directive:
			fmt.Printf("%s%T\n", strings.Repeat(" ", depth), t)
		}
	}
}

func main() {
	price := 2.5
	d := doc{Lang: "en", Items: []item{{Base: Base{ID: 1, When: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)}, Name: "nut <&> \"q\"", Price: &price, Color: color{255, 0, 16}, Tags: []string{"x", "y"}, On: true, Note: " n ", Body: "text"}, {}}, Meta: pairs{"b": "2", "a": "<1>"}}
	d.Raw.Inner = "<as>is</as>"
	b, err := xml.MarshalIndent(d, "", " ")
	fmt.Println(string(b), err)
	var back doc
	err = xml.Unmarshal(b, &back)
	fmt.Println(err, back.Lang, len(back.Items), back.Items[0].Name, *back.Items[0].Price, back.Items[0].Color, back.Items[0].Tags, back.Items[0].On, back.Items[1].On, back.Items[0].When.Equal(d.Items[0].When), back.Meta, strings.TrimSpace(back.Raw.Inner))
	err = xml.Unmarshal([]byte(`<?xml version="1.0"?><doc><!-- c --><other k="v" n:z="1" xmlns:n="urn:n">t</other><item id="7"><name>a</name><![CDATA[<raw>]]></item><meta><x>&lt;&#65;</x></meta></doc>`), &back)
	fmt.Println(err, back.Rest[0].XMLName.Local, len(back.Rest[0].Attrs), back.Rest[0].Attrs[1].Name.Space, back.Rest[0].Text, back.Items[2].ID, back.Items[2].Body, back.Meta)
	for _, bad := range []string{"", "<doc>", "<doc></x>", "<other/>", `<doc><item id="x"/></doc>`, "<doc>&nope;</doc>", "<doc><item><price>x</price></item></doc>", "<doc a=1/>"} {
		err := xml.Unmarshal([]byte(bad), &doc{})
		var se *xml.SyntaxError
		fmt.Println(err, errors.As(err, &se))
	}
	fmt.Println(outline(strings.NewReader(`<?xml version="1.0"?><!DOCTYPE a><a x="1" y="2">one<b/>two<!-- c --><c><d>deep</d></c></a>`)))
	e := xml.NewEncoder(os.Stdout)
	e.Encode([]any2{{XMLName: xml.Name{Local: "t"}, Attrs: []xml.Attr{{Name: xml.Name{Local: "k"}, Value: "v\"\n"}}, Text: "x & y"}})
	e.Encode(map[string]int{})
	fmt.Println(e.Encode(struct{ C chan int }{make(chan int)}))
	for _, v := range []any{1, "s<", true, []int{1, 2}, color{1, 2, 3}, struct{ A, B string }{"x", ""}, &price, nil, time.Duration(5)} {
		b, err := xml.Marshal(v)
		fmt.Print(string(b), " ", err, "; ")
	}
	fmt.Println()
	xml.EscapeText(os.Stdout, []byte("<a href='x'>\t&\x01</a>\n"))
	fmt.Println()
}
