//go:build ignore

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"mime"
	"net/url"
	"path"
	"sort"
	"strings"
)

type link struct {
	*url.URL
	hits int
}

func (l link) String() string { return fmt.Sprintf("%s (%d)", l.URL, l.hits) }

type config struct {
	Base urlText
	Alts []urlText
	By   map[urlText]int
}
type urlText struct{ url.URL }

func (u urlText) MarshalText() ([]byte, error) { return []byte(u.URL.String()), nil }
func (u *urlText) UnmarshalText(b []byte) error {
	p, err := url.Parse(string(b))
	if err == nil {
		u.URL = *p
	}
	return err
}

// crawl resolves links against where they stand, and drops what was seen.
func crawl(base string, refs ...string) (out []string, err error) {
	b, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, r := range refs {
		u, err := b.Parse(r)
		if err != nil {
			out = append(out, "bad "+r)
			continue
		}
		u.Fragment = ""
		if s := u.String(); u.Host == b.Host && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return
}

func main() {
	u, err := url.Parse("https://ann:p%40ss@example.com:8443/a%2Fb/c d/?q=1&q=2&x=%26+y&empty#frag%20ment")
	if err != nil {
		fmt.Println(err)
		return
	}
	pw, has := u.User.Password()
	fmt.Println(u.Scheme, u.Host, u.Hostname(), u.Port(), u.User.Username(), pw, has, u.Path, u.RawPath, u.EscapedPath(), u.RawQuery, u.Fragment)
	fmt.Println(u, u.Redacted(), u.RequestURI(), u.IsAbs())
	q := u.Query()
	fmt.Println(q, q.Get("q"), q["q"], q.Has("empty"), q.Get("none") == "")
	q.Set("q", "new")
	q.Add("é", "ü&")
	q.Del("x")
	u.RawQuery = q.Encode()
	fmt.Println(u.RawQuery, u.String())
	j := u.JoinPath("../up", "x y", "z/")
	fmt.Println(j.Path, j.EscapedPath())

	for _, s := range []string{"mailto:a@b.c", "//host/p", "/only/path?x", "", "http://[::1]:80/", "http://a b/", "http://x/%zz", ":no", "http://h:port/", "HTTP://UP/Case", "file:///c:/x", "a:b/c", "./a:b"} {
		u, err := url.Parse(s)
		var ue *url.Error
		if err != nil {
			fmt.Println(err, errors.As(err, &ue), ue.Op)
			continue
		}
		fmt.Printf("%q %q %q %q %q %q\n", u.Scheme, u.Opaque, u.Host, u.Path, u.RawQuery, u)
	}
	_, err = url.ParseRequestURI("relative")
	fmt.Println(err)
	fmt.Println(crawl("http://site.org/dir/page.html?x=1", "a.html", "../b", "/c#top", "c#again", "http://other.org/", "?y=2", "#same", "//site.org/d", "a.html", "%zz", "./e/./f/../g"))
	for _, s := range []string{"a b&c=d/é?", "100%", "+", "~-_."} {
		e, p := url.QueryEscape(s), url.PathEscape(s)
		back, err := url.QueryUnescape(e)
		fmt.Print(e, " ", p, " ", back == s, err, "; ")
	}
	_, err = url.QueryUnescape("%4")
	_, err2 := url.PathUnescape("%gg")
	plus, _ := url.PathUnescape("a+b%20c")
	fmt.Println(err, err2, plus)
	vals, err := url.ParseQuery("a=1&b=%zz&a=2;c&=x&k=")
	fmt.Println(vals, err)
	l := link{u, 3}
	l.Host = "changed.org"
	fmt.Println(l, u.Host)
	b, err := json.Marshal(config{urlText{*u}, []urlText{{}}, map[urlText]int{{url.URL{Path: "/k"}}: 1}})
	var c config
	fmt.Println(strings.Count(string(b), "changed.org"), err, json.Unmarshal(b, &c), c.Base.Host, len(c.Alts))
	fmt.Println(json.Unmarshal([]byte(`{"Base":"http://%zz/"}`), &c))
	ct, params, err := mime.ParseMediaType(`text/html; charset="utf-8"; q=0.5`)
	keys := make([]string, 0)
	for k, v := range params {
		keys = append(keys, k+"="+v)
	}
	sort.Strings(keys)
	fmt.Println(ct, keys, err, mime.FormatMediaType("a/b", map[string]string{"z": "1 2", "a": "é"}), mime.TypeByExtension(".html"), path.Ext(u.Path) == "")
	dec := new(mime.WordDecoder)
	head, err := dec.DecodeHeader("=?UTF-8?Q?=C3=A9t=C3=A9?= =?utf-8?b?w7w=?= plain")
	fmt.Println(head, err, mime.QEncoding.Encode("utf-8", "é"), html.UnescapeString("&lt;"))
}
