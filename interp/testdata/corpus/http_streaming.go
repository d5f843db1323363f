//go:build ignore

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"

	"net"
	"net/http"

	"strings"
	"sync"
	"time"
)

// A hub sends events to all who listen.
type hub struct {
	mu   sync.Mutex
	subs map[chan string]bool
	join chan struct{}
}

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	ch := make(chan string, 4)
	h.mu.Lock()
	h.subs[ch] = true
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		delete(h.subs, ch)
		h.mu.Unlock()
	}()
	w.WriteHeader(200)
	http.NewResponseController(w).Flush()
	h.join <- struct{}{}
	for {
		select {
		case msg := <-ch:
			if msg == "" {
				fmt.Fprint(w, "event: end\n\n")
				return
			}
			fmt.Fprintf(w, "data: %s\n\n", msg)
			w.(http.Flusher).Flush()
		case <-r.Context().Done():
			return
		}
	}
}

func (h *hub) send(msg string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ch := range h.subs {
		ch <- msg
	}
	return len(h.subs)
}

func events(ctx context.Context, url string, out chan<- string) error {
	req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	for sc := bufio.NewScanner(res.Body); sc.Scan(); {
		if data, ok := strings.CutPrefix(sc.Text(), "data: "); ok {
			out <- data
		}
	}
	return ctx.Err()
}

func main() {
	h := &hub{subs: map[chan string]bool{}, join: make(chan struct{})}
	mux := http.NewServeMux()
	mux.Handle("/events", h)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute, ConnContext: func(ctx context.Context, c net.Conn) context.Context { return ctx }}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ln) }()
	base := "http://" + ln.Addr().String()

	out := make(chan string)
	ended := make(chan error, 2)
	go func() { ended <- events(context.Background(), base+"/events", out) }()
	<-h.join
	fmt.Println(h.send("one"), <-out, h.send("two"), <-out)
	ctx, cancel := context.WithCancel(context.Background())
	left := make(chan error, 1)
	go func() { left <- events(ctx, base+"/events", out) }()
	<-h.join
	h.send("both")
	fmt.Println(<-out, <-out)
	cancel()
	fmt.Println(errors.Is(<-left, context.Canceled))
	h.send("")
	fmt.Println(<-ended)

	http.DefaultClient.CloseIdleConnections()
	fmt.Println(srv.Shutdown(context.Background()), errors.Is(<-served, http.ErrServerClosed))
	_, err = http.Get(base)
	fmt.Println(err != nil)
}
