//go:build ignore

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"time"
)

type todo struct {
	ID   int    `json:"id"`
	Text string `json:"text"`
	Done bool   `json:"done,omitempty"`
}

type api struct {
	mu    sync.Mutex
	items map[int]*todo
	next  int
}

type apiError struct {
	Status int    `json:"-"`
	Msg    string `json:"error"`
}

func (e *apiError) Error() string { return fmt.Sprintf("%d %s", e.Status, e.Msg) }

type handler func(w http.ResponseWriter, r *http.Request) (any, error)

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	v, err := h(w, r)
	var ae *apiError
	switch {
	case errors.As(err, &ae):
		w.WriteHeader(ae.Status)
		v = ae
	case err != nil:
		w.WriteHeader(http.StatusInternalServerError)
		v = &apiError{Msg: err.Error()}
	case v == nil:
		w.WriteHeader(http.StatusNoContent)
		return
	}
	json.NewEncoder(w).Encode(v)
}

func (a *api) find(r *http.Request) (*todo, error) {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		return nil, &apiError{400, "bad id " + strconv.Quote(r.PathValue("id"))}
	}
	if t := a.items[id]; t != nil {
		return t, nil
	}
	return nil, &apiError{404, "no todo " + strconv.Itoa(id)}
}

func (a *api) locked(f func(r *http.Request) (any, error)) handler {
	return func(w http.ResponseWriter, r *http.Request) (any, error) {
		a.mu.Lock()
		defer a.mu.Unlock()
		return f(r)
	}
}

func (a *api) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /todos/{id}", a.locked(func(r *http.Request) (any, error) { return a.find(r) }))
	mux.Handle("POST /todos", a.locked(func(r *http.Request) (any, error) {
		t := &todo{ID: a.next + 1}
		if err := json.NewDecoder(r.Body).Decode(t); err != nil {
			return nil, &apiError{422, err.Error()}
		}
		a.next++
		t.ID = a.next
		a.items[t.ID] = t
		return t, nil
	}))
	mux.Handle("DELETE /todos/{id}", a.locked(func(r *http.Request) (any, error) {
		t, err := a.find(r)
		if err == nil {
			delete(a.items, t.ID)
		}
		return nil, err
	}))
	mux.Handle("/panic", handler(func(http.ResponseWriter, *http.Request) (any, error) { panic(http.ErrAbortHandler) }))
	return mux
}

type client struct {
	base string
	http *http.Client
}

func (c *client) do(ctx context.Context, method, path string, in, out any) (int, error) {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return 0, err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return 0, err
	}
	req.Header.Set("X-Client", "corpus")
	res, err := c.http.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	if res.StatusCode >= 400 {
		e := &apiError{Status: res.StatusCode}
		text, _ := io.ReadAll(res.Body)
		if json.Unmarshal(text, e) != nil {
			e.Msg = strings.TrimSpace(string(text))
		}
		return res.StatusCode, e
	}
	if out != nil {
		err = json.NewDecoder(res.Body).Decode(out)
	}
	return res.StatusCode, err
}

func main() {
	srv := httptest.NewServer((&api{items: map[int]*todo{}}).routes())
	defer srv.Close()
	c := &client{srv.URL, &http.Client{Timeout: time.Minute}}
	ctx := context.Background()
	var t todo
	for _, text := range []string{"first", "second <&>"} {
		code, err := c.do(ctx, "POST", "/todos", todo{Text: text, ID: 99}, &t)
		fmt.Println(code, err, t)
	}
	code, err := c.do(ctx, "GET", "/todos/1", nil, &t)
	fmt.Println(code, err, t)
	code, err = c.do(ctx, "DELETE", "/todos/1", nil, nil)
	fmt.Println(code, err)
	for _, q := range [][2]string{{"GET", "/todos/1"}, {"GET", "/todos/x%20y"}, {"PUT", "/todos/2"}, {"GET", "/nowhere"}, {"GET", "/todos"}} {
		code, err := c.do(ctx, q[0], q[1], nil, &t)
		var ae *apiError
		fmt.Println(code, err, errors.As(err, &ae))
	}
	res, err := http.Post(srv.URL+"/todos", "application/json", strings.NewReader("{bad"))
	text, _ := io.ReadAll(res.Body)
	res.Body.Close()
	fmt.Println(res.Status, res.Header.Get("Content-Type"), strings.TrimSpace(string(text)), err)
	_, err = c.do(ctx, "GET", "/panic", nil, nil)
	fmt.Println(errors.Is(err, io.EOF))
	gone, cancel := context.WithCancel(ctx)
	cancel()
	_, err = c.do(gone, "GET", "/todos/2", nil, &t)
	fmt.Println(errors.Is(err, context.Canceled))
	_, err = http.NewRequest("BAD METHOD", srv.URL, nil)
	fmt.Println(err)
}
