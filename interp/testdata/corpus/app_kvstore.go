//go:build ignore

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
)

type op struct {
	Op  string `json:"op"`
	Key string `json:"k"`
	Val string `json:"v,omitempty"`
}

// A store keeps a journal of all changes and can be made anew from it.
type store struct {
	mu      sync.RWMutex
	data    map[string]string
	journal *os.File
	enc     *json.Encoder
	watch   map[string][]chan string
}

func open(path string) (*store, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	s := &store{data: map[string]string{}, journal: f, enc: json.NewEncoder(f), watch: map[string][]chan string{}}
	dec := json.NewDecoder(f)
	for {
		var o op
		switch err := dec.Decode(&o); {
		case errors.Is(err, io.EOF):
			return s, nil
		case err != nil:
			f.Close()
			return nil, fmt.Errorf("journal at %d: %w", dec.InputOffset(), err)
		}
		s.apply(o)
	}
}

func (s *store) apply(o op) {
	switch o.Op {
	case "set":
		s.data[o.Key] = o.Val
	case "del":
		delete(s.data, o.Key)
	}
}

func (s *store) change(o op) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.enc.Encode(o); err != nil {
		return err
	}
	s.apply(o)
	for _, ch := range s.watch[o.Key] {
		ch <- o.Op + " " + o.Val
	}
	delete(s.watch, o.Key)
	return nil
}

type handler func(s *store, args []string) (string, error)

var errUsage = errors.New("usage")

var commands = map[string]handler{
	"SET": func(s *store, a []string) (string, error) {
		if len(a) < 2 {
			return "", fmt.Errorf("%w: SET key value", errUsage)
		}
		return "OK", s.change(op{"set", a[0], strings.Join(a[1:], " ")})
	},
	"GET": func(s *store, a []string) (string, error) {
		s.mu.RLock()
		defer s.mu.RUnlock()
		if v, ok := s.data[strings.Join(a, " ")]; ok {
			return strconv.Quote(v), nil
		}
		return "(nil)", nil
	},
	"DEL": func(s *store, a []string) (string, error) { return "OK", s.change(op{Op: "del", Key: a[0]}) },
	"KEYS": func(s *store, a []string) (string, error) {
		s.mu.RLock()
		defer s.mu.RUnlock()
		var keys []string
		for k := range s.data {
			if ok, err := filepath.Match(a[0], k); err != nil {
				return "", err
			} else if ok {
				keys = append(keys, k)
			}
		}
		slices.Sort(keys)
		return fmt.Sprint(len(keys), keys), nil
	},
	"WAIT": func(s *store, a []string) (string, error) {
		ch := make(chan string, 1)
		s.mu.Lock()
		s.watch[a[0]] = append(s.watch[a[0]], ch)
		s.mu.Unlock()
		return <-ch, nil
	},
}

func (s *store) serve(c net.Conn) {
	defer c.Close()
	for sc := bufio.NewScanner(c); sc.Scan(); {
		fmt.Fprintln(c, s.answer(strings.Fields(sc.Text())))
	}
}

func (s *store) answer(words []string) (reply string) {
	defer func() {
		if r := recover(); r != nil {
			reply = fmt.Sprint("ERR ", r)
		}
	}()
	if len(words) == 0 {
		return "ERR empty"
	}
	h, ok := commands[strings.ToUpper(words[0])]
	if !ok {
		return "ERR no command " + words[0]
	}
	out, err := h(s, words[1:])
	if err != nil {
		return "ERR " + err.Error()
	}
	return out
}

type client struct {
	c net.Conn
	r *bufio.Scanner
}

func (c client) do(format string, args ...any) string {
	fmt.Fprintf(c.c, format+"\n", args...)
	c.r.Scan()
	return c.r.Text()
}

func main() {
	dir, _ := os.MkdirTemp("", "kv")
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "journal")
	s, err := open(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			wg.Go(func() { s.serve(c) })
		}
	})
	dial := func() client {
		c, err := net.Dial("tcp", ln.Addr().String())
		if err != nil {
			panic(err)
		}
		return client{c, bufio.NewScanner(c)}
	}
	c := dial()
	for _, line := range []string{"SET a 1", "set b two words", "GET a", "GET b", "GET c", "KEYS *", "KEYS [", "DEL a", "GET a", "SET", "BOGUS 1", "", "DEL", "SET été ü"} {
		fmt.Println(line, "->", c.do("%s", line))
	}
	w := dial()
	waited := make(chan string)
	go func() { waited <- w.do("WAIT x") }()
	for len(func() []chan string { s.mu.RLock(); defer s.mu.RUnlock(); return s.watch["x"] }()) == 0 {
	}
	fmt.Println(c.do("SET x %d", 99), <-waited)
	var clients sync.WaitGroup
	for i := range 4 {
		clients.Go(func() {
			c := dial()
			defer c.c.Close()
			for j := range 5 {
				c.do("SET n%d%d %d", i, j, i*j)
			}
		})
	}
	clients.Wait()
	fmt.Println(c.do("KEYS n3?"), c.do("GET n34"))
	c.c.Close()
	w.c.Close()
	ln.Close()
	wg.Wait()
	s.journal.Close()

	again, err := open(path)
	fmt.Println(err, len(again.data), again.data["b"], again.data["a"] == "", again.data["été"])
	again.journal.WriteString("{torn")
	again.journal.Close()
	_, err = open(path)
	var se *json.SyntaxError
	fmt.Println(errors.As(err, &se) || errors.Is(err, io.ErrUnexpectedEOF))
	text, _ := os.ReadFile(path)
	fmt.Println(bytes.Count(text, []byte("\n")), string(bytes.SplitN(text, []byte("\n"), 2)[0]))
}
