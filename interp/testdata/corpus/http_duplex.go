//go:build ignore

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"

	"time"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		http.NewResponseController(w).EnableFullDuplex()
		w.Header().Set("Trailer", "X-Lines")
		n := 0
		for sc := bufio.NewScanner(r.Body); sc.Scan(); n++ {
			fmt.Fprintf(w, "%d:%s\n", n, strings.ToUpper(sc.Text()))
			w.(http.Flusher).Flush()
		}
		w.Header().Set("X-Lines", fmt.Sprint(n))
	})
	mux.HandleFunc("/hijack", func(w http.ResponseWriter, r *http.Request) {
		c, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer c.Close()
		rw.WriteString("HTTP/1.1 101 Switching Protocols\r\nUpgrade: line\r\nConnection: Upgrade\r\n\r\n")
		rw.Flush()
		line, _ := rw.ReadString('\n')
		fmt.Fprintf(c, "raw %s", line)
	})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute, ConnContext: func(ctx context.Context, c net.Conn) context.Context { return ctx }}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ln) }()
	base := "http://" + ln.Addr().String()

	pr, pw := io.Pipe()
	req, _ := http.NewRequest("POST", base+"/echo", pr)
	got := make(chan *http.Response, 1)
	go func() {
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			fmt.Println(err)
		}
		got <- res
	}()
	fmt.Fprintln(pw, "first")
	res := <-got
	r := bufio.NewReader(res.Body)
	for _, next := range []string{"second", "third", ""} {
		line, err := r.ReadString('\n')
		fmt.Printf("%q %v ", line, err)
		if next != "" {
			fmt.Fprintln(pw, next)
		}
	}
	pw.Close()
	rest, err := io.ReadAll(r)
	fmt.Println(len(rest), err, res.Trailer.Get("X-Lines"), res.TransferEncoding)
	res.Body.Close()

	c, _ := net.Dial("tcp", ln.Addr().String())
	fmt.Fprint(c, "GET /hijack HTTP/1.1\r\nHost: x\r\n\r\nping\n")
	br := bufio.NewReader(c)
	hr, err := http.ReadResponse(br, nil)
	line, _ := br.ReadString('\n')
	fmt.Println(hr.StatusCode, hr.Header.Get("Upgrade"), err, line)
	c.Close()

	target, _ := url.Parse(base)
	proxy := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite:        func(p *httputil.ProxyRequest) { p.SetURL(target); p.Out.URL.Path = "/echo" },
		ModifyResponse: func(r *http.Response) error { r.Header.Set("X-Via", "proxy"); return nil },
	})
	res, err = http.Post(proxy.URL+"/any", "text/plain", strings.NewReader("via\nproxy"))
	body, _ := io.ReadAll(res.Body)
	res.Body.Close()
	fmt.Printf("%q %v %s\n", body, err, res.Header.Get("X-Via"))
	proxy.Close()
	http.DefaultClient.CloseIdleConnections()
	fmt.Println(srv.Shutdown(context.Background()), errors.Is(<-served, http.ErrServerClosed))
	_, err = http.Get(base)
	fmt.Println(err != nil)
}
