//go:build ignore

package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"text/template"
)

type item struct {
	Name  string
	Price float64
	Qty   int
	tags  []string
}

func (i item) Total() float64              { return i.Price * float64(i.Qty) }
func (i *item) Discount(p float64) float64 { return i.Total() * (1 - p) }
func (i item) Tags(sep string) string      { return strings.Join(i.tags, sep) }
func (i item) Check(max int) (string, error) {
	if i.Qty > max {
		return "", fmt.Errorf("%s: %d is over %d", i.Name, i.Qty, max)
	}
	return "ok", nil
}

type order struct {
	ID    int
	Items []*item
	Meta  map[string]any
	Notes map[int]string
	User  struct{ Name, Email string }
	Hook  func(string) string
	Next  *order
	Err   error
	Any   any
}

func (o order) Sum() (s float64) {
	for _, i := range o.Items {
		s += i.Total()
	}
	return
}
func (o *order) Empty() bool { return len(o.Items) == 0 }

const page = `{{- /* a comment */ -}}
{{define "row"}}{{printf "%-6s" .Name}} {{.Qty}} x {{printf "%.2f" .Price}} = {{.Total | printf "%6.2f"}}{{end -}}
Order {{.ID}} for {{.User.Name | upper}}{{with .User.Email}} <{{.}}>{{else}} (no mail){{end}}
{{range $i, $it := .Items}}{{if $i}}{{"\n"}}{{end}}{{inc $i}}. {{template "row" $it}}{{if gt $it.Qty 2}} bulk {{$it.Discount 0.5}}{{else if eq $it.Qty 2}} pair{{end}}{{with $it.Tags "+"}} [{{.}}]{{end}}{{else}}nothing{{end}}
Sum {{.Sum}}; {{len .Items}} items; {{.Meta.color}}, {{index .Meta "n"}}, {{.Meta.missing}}; {{index .Notes 7}}; {{call .Hook "x"}}
{{- range $k, $v := .Meta}} {{$k}}={{$v}}{{end}}
{{$x := 1}}{{range .Items}}{{$x = inc $x}}{{if eq .Name "skip"}}{{continue}}{{end}}{{if eq .Name "last"}}{{break}}{{end}}{{.Name}} {{end}}{{$x}}
{{and .Items "yes"}} {{or "" 0 "else"}} {{not .Next}} {{eq .ID 7 8}} {{ne "a" "b"}} {{lt 1 2}} {{le 2.5 2.5}} {{slice "abcdef" 1 3}} {{html "<&>"}} {{js "it's"}} {{urlquery "a b&c"}} {{print 1 "a" 2 3}} {{println "end"}}
{{- .Any}} {{.Err}} {{if .Any}}set{{end}} {{range 3}}{{.}}{{end}} {{printf "%T %q %v" 1.5 "s" nil}} {{"\u00e9"}} {{'a'}} {{0x10}} {{1e3}} {{true}}
{{block "foot" .User}}default {{.Name}}{{end}}
`

func main() {
	funcs := template.FuncMap{"upper": strings.ToUpper, "inc": func(n int) int { return n + 1 }, "fail": func(s string) (string, error) { return "", errors.New(s) },
		"sum": func(ns ...int) (t int) {
			for _, n := range ns {
				t += n
			}
			return
		}}
	t := template.Must(template.New("page").Funcs(funcs).Parse(page))
	o := &order{ID: 7, Items: []*item{{"nut", 0.25, 4, []string{"m8", "zinc"}}, {"skip", 1, 2, nil}, {"bolt", 1.5, 1, nil}, {"last", 2, 0, nil}},
		Meta: map[string]any{"color": "red", "n": []int{1}}, Notes: map[int]string{7: "seven"}, Hook: func(s string) string { return "<" + s + ">" }, Any: map[string]int{"b": 1, "a": 2}, Err: errors.New("an error")}
	o.User.Name = "ann"
	if err := t.Execute(os.Stdout, o); err != nil {
		fmt.Println(err)
	}
	o2 := &order{Next: o, Hook: strings.ToUpper, Any: item{Name: "dyn"}}
	o2.User.Email = "x@y"
	t2 := template.Must(template.Must(t.Clone()).Parse(`{{define "foot"}}own {{.Email}}{{end}}`))
	fmt.Println(t2.Execute(os.Stdout, o2), t2.DefinedTemplates() != "", t2.Lookup("row") != nil)

	for _, text := range []string{`{{.Items.X}}`, `{{index .Items 9}}`, `{{fail "own"}}`, `{{(index .Items 0).Check 3}}`, `{{(index .Items 0).Check 5}}`, `{{.none}}`, `{{template "nope"}}`, `{{len 3}}`, `{{sum 1 2 3 | sum 4}}`,
		`{{with $n := 5}}{{$n}}{{end}}`, `{{range .Meta.list}}x{{else}}e{{end}}`, `{{.User}}`, `{{.Items | len | printf "%03d"}}`, `{{.Next.ID}}`, `{{(index .Items 0).Name}}`, `{{lt 1 "a"}}`, `{{call .ID}}`, `{{define "x"}}`, `{{if}}`, `{{undefined 1}}`, `{{.Any.b}}`, `{{sum 1 "x"}}`} {
		tt, err := template.New("t").Funcs(funcs).Parse(text)
		if err == nil {
			var sb strings.Builder
			err = tt.Execute(&sb, o)
			fmt.Print(sb.String(), " ")
		}
		var ee template.ExecError
		fmt.Println(err, errors.As(err, &ee))
	}
	strict := template.Must(template.New("s").Option("missingkey=error").Delims("<<", ">>").Parse("<<.a>> {{.b}} <<.b>>\n"))
	fmt.Println(strict.Execute(os.Stdout, map[string]int{"a": 1}))
	fmt.Println(strict.Execute(os.Stdout, map[string]any{"a": []string{"x"}, "b": struct{ N int }{1}}))
}
