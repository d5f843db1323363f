//go:build ignore

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
)

type logger interface{ log(string) string }
type store interface {
	get(string) (string, error)
	put(string, string)
}
type service struct {
	logger
	store
	calls int
}
type prefix string
type memory map[string]string

var errMissing = errors.New("missing")

func (p prefix) log(s string) string { return string(p) + s }
func (m memory) put(k, v string)     { m[k] = v }
func (m memory) get(k string) (string, error) {
	if v, ok := m[k]; ok {
		return v, nil
	}
	return "", fmt.Errorf("get %q: %w", k, errMissing)
}

// A caching store overrides one method of what it wraps.
type caching struct {
	store
	hits  int
	cache map[string]string
}

func (c *caching) get(k string) (string, error) {
	if v, ok := c.cache[k]; ok {
		c.hits++
		return v, nil
	}
	v, err := c.store.get(k)
	if err == nil {
		c.cache[k] = v
	}
	return v, err
}

type countingReader struct {
	io.Reader
	n int
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += n
	return n, err
}

type readCloser struct {
	io.Reader
	io.Closer
}
type closeFunc func() error

func (f closeFunc) Close() error { return f() }

type descending struct{ sort.Interface }

func (d descending) Less(i, j int) bool { return d.Interface.Less(j, i) }

type upper struct{ fmt.Stringer }

func (u upper) String() string { return strings.ToUpper(u.Stringer.String()) }

func main() {
	c := &caching{store: memory{"a": "1"}, cache: map[string]string{}}
	s := service{logger: prefix("> "), store: c}
	for _, k := range []string{"a", "b", "a"} {
		v, err := s.get(k)
		s.calls++
		fmt.Println(s.log(k), v, err, errors.Is(err, errMissing))
	}
	s.put("b", "2")
	v, _ := s.store.get("b")
	fmt.Println(v, c.hits, s.calls, len(c.cache))
	s.logger = prefix("# ")
	log := s.log
	s.logger = prefix("changed ")
	fmt.Println(log("bound early"), s.log("now"))

	r := &countingReader{Reader: strings.NewReader("some text to count")}
	data, err := io.ReadAll(io.LimitReader(r, 9))
	fmt.Printf("%q %v %d\n", data, err, r.n)
	closed := 0
	rc := readCloser{&bytes.Buffer{}, closeFunc(func() error { closed++; return io.ErrClosedPipe })}
	var closer io.ReadCloser = rc
	_, err = closer.Read(make([]byte, 1))
	fmt.Println(err, closer.Close(), closed)

	nums := sort.IntSlice{3, 1, 2}
	sort.Sort(descending{nums})
	fmt.Println(nums, descending{nums}.Len())
	sort.Sort(descending{descending{nums}})
	fmt.Println(nums)

	b := bytes.NewBufferString("shout")
	var st fmt.Stringer = upper{upper{b}}
	fmt.Println(st, st.(upper).Stringer.(upper).Stringer == fmt.Stringer(b))
	_, isWriter := st.(io.Writer)
	_, isLogger := any(s).(logger)
	_, isStore := any(s).(store)
	fmt.Println(isWriter, isLogger, isStore)
	func() {
		defer func() { fmt.Println("panic:", recover()) }()
		var hollow service
		hollow.put("x", "y")
	}()
}
