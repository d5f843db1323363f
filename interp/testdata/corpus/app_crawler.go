//go:build ignore

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

type page struct {
	path  string
	title string
	links []string
	err   error
}

type crawler struct {
	client *http.Client
	base   *url.URL
	limit  chan struct{}
	mu     sync.Mutex
	seen   map[string]bool
	wg     sync.WaitGroup
	pages  chan page
}

var (
	titleRE = regexp.MustCompile(`<title>(.*?)</title>`)
	linkRE  = regexp.MustCompile(`href="([^"]+)"`)
)

type statusError int

func (s statusError) Error() string { return http.StatusText(int(s)) }

func (c *crawler) fetch(ctx context.Context, u *url.URL) (p page) {
	p.path = u.Path
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		p.err = err
		return
	}
	res, err := c.client.Do(req)
	if err != nil {
		p.err = err
		return
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		p.err = fmt.Errorf("get %s: %w", u.Path, statusError(res.StatusCode))
		return
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, 1<<16))
	if err != nil {
		p.err = err
		return
	}
	if m := titleRE.FindSubmatch(body); m != nil {
		p.title = string(m[1])
	}
	for _, m := range linkRE.FindAllSubmatch(body, -1) {
		if to, err := u.Parse(string(m[1])); err == nil && to.Host == c.base.Host {
			to.Fragment = ""
			p.links = append(p.links, to.Path)
		}
	}
	return
}

func (c *crawler) visit(ctx context.Context, path string, depth int) {
	c.mu.Lock()
	known := c.seen[path]
	c.seen[path] = true
	c.mu.Unlock()
	if known || depth == 0 {
		return
	}
	c.wg.Go(func() {
		c.limit <- struct{}{}
		p := c.fetch(ctx, c.base.JoinPath(path))
		<-c.limit
		c.pages <- p
		for _, l := range p.links {
			c.visit(ctx, l, depth-1)
		}
	})
}

func crawl(ctx context.Context, base string, depth int) (out []page, err error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	c := &crawler{client: http.DefaultClient, base: u, limit: make(chan struct{}, 3), seen: map[string]bool{}, pages: make(chan page)}
	c.visit(ctx, "/", depth)
	go func() {
		c.wg.Wait()
		close(c.pages)
	}()
	for p := range c.pages {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b page) int { return strings.Compare(a.path, b.path) })
	return out, nil
}

func main() {
	site := map[string]string{
		"/":         `<title>Home</title><a href="/a">a</a><a href="b/">b</a><a href="http://elsewhere.example/">x</a>`,
		"/a":        `<title>A</title><a href="/">home</a><a href="a/deep#frag">d</a>`,
		"/b/":       `<a href="../a"></a><a href="gone"></a><a href="?q=1"></a>`,
		"/a/deep":   `<title>Deep</title><a href="/a/deeper">`,
		"/a/deeper": `<title>Deeper</title>`,
	}
	var mu sync.Mutex
	hits := map[string]int{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		hits[r.URL.Path]++
		mu.Unlock()
		if text, ok := site[r.URL.Path]; ok {
			io.WriteString(w, text)
			return
		}
		http.NotFound(w, r)
	}))
	defer srv.Close()
	for _, depth := range []int{1, 10} {
		pages, err := crawl(context.Background(), srv.URL, depth)
		for _, p := range pages {
			var se statusError
			fmt.Println(p.path, p.title, p.links, p.err, errors.As(p.err, &se) && se == 404)
		}
		fmt.Println(len(pages), err)
	}
	mu.Lock()
	fmt.Println(hits)
	mu.Unlock()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	pages, _ := crawl(ctx, srv.URL, 5)
	fmt.Println(len(pages), errors.Is(pages[0].err, context.Canceled))
}
