//go:build ignore

package main

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"

	"sort"
	"strings"
	"sync"
	"time"
)

type session struct {
	user  string
	count int
}
type app struct {
	mu       sync.Mutex
	sessions map[string]*session
}

func (a *app) session(w http.ResponseWriter, r *http.Request) *session {
	a.mu.Lock()
	defer a.mu.Unlock()
	c, err := r.Cookie("sid")
	if err == nil && a.sessions[c.Value] != nil {
		return a.sessions[c.Value]
	}
	id := fmt.Sprint("s", len(a.sessions)+1)
	a.sessions[id] = &session{}
	http.SetCookie(w, &http.Cookie{Name: "sid", Value: id, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: 3600})
	return a.sessions[id]
}

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/form":
		if err := r.ParseForm(); err != nil {
			http.Error(w, err.Error(), 400)
			return
		}
		keys := make([]string, 0)
		for k, v := range r.Form {
			keys = append(keys, fmt.Sprint(k, v))
		}
		sort.Strings(keys)
		fmt.Fprint(w, keys, r.PostForm.Get("a"), r.FormValue("q"), r.PostFormValue("q") == "")
	case "/login":
		s := a.session(w, r)
		s.user = r.FormValue("user")
		http.Redirect(w, r, "/whoami", http.StatusSeeOther)
	case "/whoami":
		s := a.session(w, r)
		s.count++
		fmt.Fprintf(w, "%s %q visit %d", r.Method, s.user, s.count)
	case "/upload":
		r.Body = http.MaxBytesReader(w, r.Body, 2000)
		if err := r.ParseMultipartForm(1 << 10); err != nil {
			http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
			return
		}
		for _, hs := range r.MultipartForm.File {
			for _, h := range hs {
				f, _ := h.Open()
				b, _ := io.ReadAll(f)
				f.Close()
				fmt.Fprintf(w, "%s %d %s %q; ", h.Filename, h.Size, h.Header.Get("Content-Type"), b[:min(5, len(b))])
			}
		}
		fmt.Fprint(w, r.MultipartForm.Value)
	case "/stream":
		mr, err := r.MultipartReader()
		for err == nil {
			var p *multipart.Part
			if p, err = mr.NextPart(); err == nil {
				b, _ := io.ReadAll(p)
				fmt.Fprintf(w, "%s=%d ", p.FormName(), len(b))
			}
		}
	default:
		http.NotFound(w, r)
	}
}

func upload(size int) (io.Reader, string) {
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	w.WriteField("note", "hi there")
	f, _ := w.CreateFormFile("file", "a \"b\".txt")
	io.WriteString(f, strings.Repeat("x", size))
	w.Close()
	return &buf, w.FormDataContentType()
}

func main() {
	srv := httptest.NewServer(&app{sessions: map[string]*session{}})
	defer srv.Close()
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Jar: jar}
	show := func(res *http.Response, err error) {
		if err != nil {
			fmt.Println(err)
			return
		}
		defer res.Body.Close()
		b, _ := io.ReadAll(res.Body)
		fmt.Println(res.StatusCode, strings.TrimSpace(string(b)))
	}
	show(c.PostForm(srv.URL+"/form?q=query&a=url", url.Values{"a": {"body", "two words"}, "é": {"&="}}))
	show(c.Get(srv.URL + "/form?x=1;y=2"))
	show(c.Get(srv.URL + "/whoami"))
	show(c.PostForm(srv.URL+"/login", url.Values{"user": {"ann"}}))
	show(c.Get(srv.URL + "/whoami"))
	show(http.Get(srv.URL + "/whoami"))
	u, _ := url.Parse(srv.URL)
	for _, ck := range jar.Cookies(u) {
		fmt.Println(ck.Name, ck.Value, ck)
	}
	for _, n := range []int{10, 5000} {
		body, ct := upload(n)
		show(c.Post(srv.URL+"/upload", ct, body))
	}
	body, ct := upload(7)
	show(c.Post(srv.URL+"/stream", ct, body))
	show(c.Post(srv.URL+"/upload", "text/plain", strings.NewReader("x")))

	ck := &http.Cookie{Name: "n", Value: "v w", Path: "/p", Domain: "x.org", Expires: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC), Secure: true}
	fmt.Println(ck, ck.Valid(), (&http.Cookie{Name: "bad name"}).String() == "")
}
