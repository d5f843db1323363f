//go:build ignore

package main

import (
	"bytes"
	"fmt"

	"net/http"

	"slices"

	"strings"
)

func main() {
	parsed, err := http.ParseSetCookie("id=1; Max-Age=5; Path=/; HttpOnly; SameSite=Strict")
	fmt.Println(parsed.Name, parsed.MaxAge, parsed.HttpOnly, parsed.SameSite == http.SameSiteStrictMode, err)
	h := http.Header{}
	h.Add("x-multi", "a")
	h.Add("X-Multi", "b")
	h.Set("content-type", "text/html; charset=utf-8")
	h["raw-key"] = []string{"z"}
	keys := make([]string, 0)
	for k := range h {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var buf bytes.Buffer
	h.WriteSubset(&buf, map[string]bool{"X-Multi": true})
	fmt.Printf("%v %q %q %d %q %q\n", keys, h.Get("X-multi"), h.Values("x-multi"), len(h.Clone()), h.Get("raw-key"), buf.String())
	fmt.Println(http.DetectContentType([]byte("<html>")), http.DetectContentType([]byte("\x89PNG\r\n\x1a\n")), http.StatusText(404), http.CanonicalHeaderKey("if-none-match"))
	req, _ := http.NewRequest("POST", "http://u:p@h/p?q=1", strings.NewReader("body"))
	req.AddCookie(parsed)
	req.Write(&buf)
	fmt.Printf("%q %s %d\n", buf.String()[25:60], req.Host, req.ContentLength)
}
