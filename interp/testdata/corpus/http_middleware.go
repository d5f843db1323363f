//go:build ignore

package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
)

type middleware func(http.Handler) http.Handler

func chain(h http.Handler, ms ...middleware) http.Handler {
	for _, m := range slices.Backward(ms) {
		h = m(h)
	}
	return h
}

// A recorder remembers status and size.
type recorder struct {
	http.ResponseWriter
	status, size int
}

func (r *recorder) WriteHeader(code int) {
	r.status = code
	r.ResponseWriter.WriteHeader(code)
}
func (r *recorder) Write(p []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(p)
	r.size += n
	return n, err
}
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

type journal struct {
	mu    sync.Mutex
	lines []string
}

func (j *journal) add(format string, args ...any) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.lines = append(j.lines, fmt.Sprintf(format, args...))
}

func logging(j *journal) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rec := &recorder{ResponseWriter: w}
			defer func() { j.add("%s %s %d %d", r.Method, r.URL.Path, rec.status, rec.size) }()
			next.ServeHTTP(rec, r)
		})
	}
}

func recovering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				http.Error(w, fmt.Sprint("recovered: ", p), http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

type userKey struct{}

func auth(users map[string]string) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			name, pass, ok := r.BasicAuth()
			if want, known := users[name]; !ok || !known || want != pass {
				w.Header().Set("WWW-Authenticate", `Basic realm="corpus"`)
				http.Error(w, "who are you?", http.StatusUnauthorized)
				return
			}
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), userKey{}, name)))
		})
	}
}

type gzipWriter struct {
	http.ResponseWriter
	gz *gzip.Writer
}

func (g gzipWriter) Write(p []byte) (int, error) { return g.gz.Write(p) }

func compress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		gz := gzip.NewWriter(w)
		defer gz.Close()
		next.ServeHTTP(gzipWriter{w, gz}, r)
	})
}

// A transport of our own sits below the client.
type transport struct {
	base http.RoundTripper
	log  []string
}

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host == "canned.example" {
		return &http.Response{StatusCode: 418, Body: io.NopCloser(strings.NewReader("canned")), Header: http.Header{"X": {"y"}}, Request: r}, nil
	}
	r = r.Clone(r.Context())
	r.SetBasicAuth("ann", "pw")
	res, err := t.base.RoundTrip(r)
	if err == nil {
		t.log = append(t.log, fmt.Sprint(r.Method, r.URL.Path, res.StatusCode))
	}
	return res, err
}

func main() {
	j := &journal{}
	mux := http.NewServeMux()
	mux.HandleFunc("/hello/{name...}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "hello %s, says %v", r.PathValue("name"), r.Context().Value(userKey{}))
	})
	mux.HandleFunc("/panic", func(http.ResponseWriter, *http.Request) {
		var m map[string]int
		m["x"]++
	})
	mux.HandleFunc("/flush", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "one ")
		fmt.Fprint(w, http.NewResponseController(w).Flush())
	})
	mux.Handle("/old/", http.RedirectHandler("/hello/moved", http.StatusMovedPermanently))
	mux.Handle("/static/", http.StripPrefix("/static", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.URL.Path) })))
	h := chain(mux, logging(j), recovering, auth(map[string]string{"ann": "pw"}))
	srv := httptest.NewServer(h)
	defer srv.Close()

	get := func(c *http.Client, url string) {
		res, err := c.Get(url)
		if err != nil {
			fmt.Println("error", err)
			return
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		fmt.Println(res.StatusCode, strings.TrimSpace(string(b)), err, res.Uncompressed)
	}
	get(http.DefaultClient, srv.URL+"/hello/x")
	t := &transport{base: http.DefaultTransport}
	c := &http.Client{Transport: t}
	for _, p := range []string{"/hello/a/b", "/panic", "/flush", "/old/x", "/static/f.css", "/none"} {
		get(c, srv.URL+p)
	}
	get(c, "http://canned.example/")
	c.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		return fmt.Errorf("no redirect after %d", len(via))
	}
	_, err := c.Get(srv.URL + "/old/y")
	fmt.Println(err != nil && strings.HasSuffix(err.Error(), "no redirect after 1"))
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	get(c, srv.URL+"/old/y")
	fmt.Println(t.log)
	fmt.Println(strings.Join(j.lines, "\n"))

	zip := httptest.NewServer(compress(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, strings.Repeat("squeeze me ", 3)) })))
	defer zip.Close()
	get(http.DefaultClient, zip.URL)
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest("GET", "/hello/direct", nil))
	fmt.Println(rec.Code, rec.Header(), strings.TrimSpace(rec.Body.String()), errors.Is(context.Canceled, http.ErrServerClosed))
}
