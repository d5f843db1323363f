//go:build ignore

package main

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"os"
	"regexp"
	"strings"
)

type block interface{ render(w io.Writer) }
type (
	heading struct {
		level int
		text  inline
	}
	paragraph []inline
	code      struct {
		lang  string
		lines []string
	}
	bullets struct {
		ordered bool
		items   []item
	}
	item struct {
		text inline
		sub  *bullets
	}
	quote struct{ blocks []block }
	rule  struct{}
	table struct {
		align []string
		rows  [][]inline
	}
	inline string
)

var spans = []struct {
	re *regexp.Regexp
	to string
}{
	{regexp.MustCompile(`!\[([^\]]*)\]\(([^)\s]+)\)`), `<img src="$2" alt="$1">`},
	{regexp.MustCompile(`\[([^\]]+)\]\(([^)\s]+)\)`), `<a href="$2">$1</a>`},
	{regexp.MustCompile(`\*\*(.+?)\*\*`), `<b>$1</b>`},
	{regexp.MustCompile(`\*(.+?)\*`), `<i>$1</i>`},
	{regexp.MustCompile(`~~(.+?)~~`), `<s>$1</s>`},
}

func (t inline) html() string {
	var out strings.Builder
	for i, part := range strings.Split(string(t), "`") {
		part = html.EscapeString(part)
		if i%2 == 1 {
			out.WriteString("<code>" + part + "</code>")
			continue
		}
		for _, s := range spans {
			part = s.re.ReplaceAllString(part, s.to)
		}
		out.WriteString(part)
	}
	return out.String()
}

func (h heading) render(w io.Writer) {
	id := strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(string(h.text)), "-"), "-")
	fmt.Fprintf(w, "<h%d id=%q>%s</h%[1]d>\n", h.level, id, h.text.html())
}
func (p paragraph) render(w io.Writer) {
	lines := make([]string, len(p))
	for i, l := range p {
		text, br := strings.CutSuffix(string(l), "  ")
		lines[i] = inline(text).html()
		if br && i < len(p)-1 {
			lines[i] += "<br>"
		}
	}
	fmt.Fprintf(w, "<p>%s</p>\n", strings.Join(lines, "\n"))
}
func (c *code) render(w io.Writer) {
	fmt.Fprintf(w, "<pre class=%q>%s</pre>\n", c.lang, html.EscapeString(strings.Join(c.lines, "\n")))
}
func (b *bullets) render(w io.Writer) {
	tag := map[bool]string{true: "ol", false: "ul"}[b.ordered]
	fmt.Fprintf(w, "<%s>\n", tag)
	defer fmt.Fprintf(w, "</%s>\n", tag)
	for _, it := range b.items {
		fmt.Fprintf(w, "<li>%s", it.text.html())
		if it.sub != nil {
			fmt.Fprintln(w)
			it.sub.render(w)
		}
		fmt.Fprintln(w, "</li>")
	}
}
func (q quote) render(w io.Writer) {
	fmt.Fprintln(w, "<blockquote>")
	for _, b := range q.blocks {
		b.render(w)
	}
	fmt.Fprintln(w, "</blockquote>")
}
func (rule) render(w io.Writer) { fmt.Fprintln(w, "<hr>") }
func (t *table) render(w io.Writer) {
	for i, row := range t.rows {
		cell := "td"
		if i == 0 {
			cell = "th"
		}
		for j, c := range row {
			fmt.Fprintf(w, "<%s%s>%s</%[1]s>", cell, t.align[j], c.html())
		}
		fmt.Fprintln(w)
	}
}

var (
	headRE   = regexp.MustCompile(`^(#{1,6})\s+(.*?)\s*#*$`)
	bulletRE = regexp.MustCompile(`^(\s*)(?:[-*+]|(\d+)\.)\s+(.*)$`)
)

func parse(r io.Reader) (out []block) {
	sc := bufio.NewScanner(r)
	var para paragraph
	flush := func() {
		if para != nil {
			out = append(out, para)
			para = nil
		}
	}
	for sc.Scan() {
		line := sc.Text()
		switch m := bulletRE.FindStringSubmatch(line); {
		case strings.TrimSpace(line) == "":
			flush()
		case strings.HasPrefix(line, "```"):
			flush()
			c := &code{lang: line[3:]}
			for sc.Scan() && sc.Text() != "```" {
				c.lines = append(c.lines, sc.Text())
			}
			out = append(out, c)
		case headRE.MatchString(line):
			flush()
			h := headRE.FindStringSubmatch(line)
			out = append(out, heading{len(h[1]), inline(h[2])})
		case line == "---":
			flush()
			out = append(out, rule{})
		case strings.HasPrefix(line, ">"):
			flush()
			var sub []string
			for ok := true; ok && strings.HasPrefix(sc.Text(), ">"); ok = sc.Scan() {
				sub = append(sub, strings.TrimPrefix(strings.TrimPrefix(sc.Text(), ">"), " "))
			}
			out = append(out, quote{parse(strings.NewReader(strings.Join(sub, "\n")))})
		case m != nil:
			flush()
			b, ok := last[*bullets](out)
			if !ok {
				b = &bullets{ordered: m[2] != ""}
				out = append(out, b)
			}
			it := item{text: inline(m[3])}
			if n := len(b.items); m[1] != "" && n > 0 {
				if b.items[n-1].sub == nil {
					b.items[n-1].sub = &bullets{ordered: m[2] != ""}
				}
				b = b.items[n-1].sub
			}
			b.items = append(b.items, it)
		case strings.HasPrefix(line, "|"):
			flush()
			t, ok := last[*table](out)
			cells := strings.Split(strings.Trim(line, "|"), "|")
			if !ok {
				t = &table{align: make([]string, len(cells))}
				out = append(out, t)
			} else if strings.Trim(line, "|:- ") == "" {
				for i, c := range cells {
					if strings.HasSuffix(strings.TrimSpace(c), ":") {
						t.align[i] = " align=right"
					}
				}
				continue
			}
			var row []inline
			for _, c := range cells {
				row = append(row, inline(strings.TrimSpace(c)))
			}
			t.rows = append(t.rows, row)
		default:
			para = append(para, inline(line))
		}
	}
	flush()
	return
}

func last[T block](bs []block) (t T, ok bool) {
	if len(bs) > 0 {
		t, ok = bs[len(bs)-1].(T)
	}
	return
}

func main() {
	const text = "# Title & *more* #\n\nA **bold** and *it* `co<de> **x**` [link](http://x/?a&b).  \nnext <line> ~~gone~~\n\n- one\n- two **b**\n  1. sub\n  2. sub2\n- three\n\n```go\nif a < b {\n\n}\n```\n> quoted\n> ## in\n>\n> - li\nafter\n---\n| a | n |\n|---|--:|\n| x | `1` |\n![pic](p.png)\n1. first\n2. second\n### Last: a B-c!"
	blocks := parse(strings.NewReader(text))
	for _, b := range blocks {
		b.render(os.Stdout)
	}
	kinds := map[string]int{}
	for _, b := range blocks {
		kinds[strings.TrimPrefix(strings.TrimPrefix(fmt.Sprintf("%T", b), "*"), "main.")]++
	}
	fmt.Println(kinds)
}
