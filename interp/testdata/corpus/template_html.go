//go:build ignore

package main

import (
	"fmt"
	"html"
	"html/template"
	"os"
	"strings"
	"time"
)

type post struct {
	Title   string
	Body    template.HTML
	Link    string
	Tags    []string
	Data    map[string]any
	Style   template.CSS
	OnClick template.JS
	Posted  time.Time
	Author  *author
}
type author struct{ First, last string }

func (a *author) Name() string         { return a.First + " " + a.last }
func (a author) String() string        { return "<author " + a.First + ">" }
func (p post) Ago(to time.Time) string { return to.Sub(p.Posted).Round(time.Hour).String() }

const layout = `<title>{{.Title}}</title>
<a href="{{.Link}}" title='{{.Title}}' data-n={{len .Tags}}>{{.Title}}</a>
{{.Body}} <p style="{{.Style}}">{{.Author.Name}} {{.Author}}</p>
<script>var d = {{.Data}}, t = {{.Title}}, list = {{.Tags}}; {{.OnClick}}</script>
<a href="/search?q={{.Title}}&amp;t={{index .Tags 0}}">s</a> <img src="{{.Link}}">
<ul>{{range $i, $t := .Tags}}<li class="{{if even $i}}even{{else}}odd{{end}}">{{$t}}</li>{{end}}</ul>
{{template "foot" dict "Year" 2024 "Who" .Author}}
`

func main() {
	funcs := template.FuncMap{
		"even": func(n int) bool { return n%2 == 0 },
		"dict": func(kv ...any) (map[string]any, error) {
			if len(kv)%2 != 0 {
				return nil, fmt.Errorf("dict of %d", len(kv))
			}
			m := map[string]any{}
			for i := 0; i < len(kv); i += 2 {
				m[kv[i].(string)] = kv[i+1]
			}
			return m, nil
		},
		"safe": func(s string) template.HTML { return template.HTML(s) },
	}
	t := template.Must(template.New("layout").Funcs(funcs).Parse(layout))
	template.Must(t.New("foot").Parse(`<footer>&copy; {{.Year}} {{.Who.Name}}</footer>`))
	p := post{
		Title: `Tom & "Jerry" <script>alert('x')</script>`, Body: "<b>bold</b>", Link: "javascript:alert(1)", Tags: []string{"a&b", "<c>", "d e"},
		Data: map[string]any{"k": "</script>", "n": []int{1, 2}, "nil": nil}, Style: "color: red", OnClick: "go()", Author: &author{"Ann", "O'Hara"},
		Posted: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	if err := t.Execute(os.Stdout, p); err != nil {
		fmt.Println(err)
	}
	p.Link, p.Title = "https://example.com/a b?x=1&y=<2>", "plain"
	var sb strings.Builder
	err := t.Execute(&sb, p)
	fmt.Println(err, strings.Contains(sb.String(), `href="https://example.com/a%20b?x=1&amp;y=%3c2%3e"`))

	for _, text := range []string{
		`{{.}}`, `{{. | safe}}`, `<a title="{{.}}">`, `<a href="?{{.}}">`, `<script>{{.}}</script>`, `<script>"{{.}}"</script>`, `<style>a { color: {{.}} }</style>`,
		`<textarea>{{.}}</textarea>`, `<!-- {{.}} -->x`, `<a onclick="f({{.}})">`, `{{. | html}}`, `{{printf "%q" .}}`, `<input value={{.}}>`, `<a href={{.}}>`,
	} {
		tt, err := template.New("x").Funcs(funcs).Parse(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		if err := tt.Execute(os.Stdout, `a<b> "c" & 'd'`); err != nil {
			fmt.Print(err)
		}
		fmt.Println()
	}
	ago := template.Must(template.New("ago").Parse("{{.P.Ago .Now}} {{.P.Posted.Format \"Jan 2\"}} {{.P.Posted.Year}}\n"))
	ago.Execute(os.Stdout, map[string]any{"P": p, "Now": p.Posted.Add(26*time.Hour + time.Minute)})
	_, err = template.New("bad").Parse("<a href='{{if .}}'>{{end}}")
	bad := template.Must(template.New("bad").Parse(`<a href='{{if .}}x'{{end}}>`))
	fmt.Println(err, bad.Execute(&sb, true) != nil)
	fmt.Println(html.EscapeString(`<a href="x">'&'</a>`), html.UnescapeString("&lt;&eacute;&#x4e16;&amp;amp;&nosuch;"), template.HTMLEscapeString("<>"), template.JSEscapeString("'\"\n<"), template.URLQueryEscaper("a b", 1))
}
