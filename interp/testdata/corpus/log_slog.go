//go:build ignore

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

type user struct {
	ID   int
	Name string
	pass string
}

func (u user) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("id", u.ID), slog.String("name", u.Name))
}

type token string

func (token) LogValue() slog.Value { return slog.StringValue("REDACTED") }

type lazy func() string

func (l lazy) LogValue() slog.Value { return slog.StringValue(l()) }

type traceKey struct{}

// A tracing handler adds what is in the context.
type tracing struct{ slog.Handler }

func (t tracing) Handle(ctx context.Context, r slog.Record) error {
	if id, ok := ctx.Value(traceKey{}).(string); ok {
		r.AddAttrs(slog.String("trace", id))
	}
	return t.Handler.Handle(ctx, r)
}
func (t tracing) WithAttrs(as []slog.Attr) slog.Handler { return tracing{t.Handler.WithAttrs(as)} }
func (t tracing) WithGroup(n string) slog.Handler       { return tracing{t.Handler.WithGroup(n)} }

// A memory handler is one from the ground up.
type memory struct {
	mu     *sync.Mutex
	lines  *[]string
	level  slog.Leveler
	prefix string
	attrs  []slog.Attr
}

func (m *memory) Enabled(_ context.Context, l slog.Level) bool { return l >= m.level.Level() }
func (m *memory) Handle(_ context.Context, r slog.Record) error {
	parts := []string{r.Level.String(), r.Message}
	add := func(a slog.Attr) bool {
		parts = append(parts, fmt.Sprintf("%s=%v(%s)", a.Key, a.Value.Resolve(), a.Value.Kind()))
		return true
	}
	for _, a := range m.attrs {
		add(a)
	}
	r.Attrs(func(a slog.Attr) bool { a.Key = m.prefix + a.Key; return add(a) })
	m.mu.Lock()
	defer m.mu.Unlock()
	*m.lines = append(*m.lines, strings.Join(parts, " "))
	return nil
}
func (m *memory) WithAttrs(as []slog.Attr) slog.Handler {
	c := *m
	c.attrs = slices.Clone(m.attrs)
	for _, a := range as {
		a.Key = m.prefix + a.Key
		c.attrs = append(c.attrs, a)
	}
	return &c
}
func (m *memory) WithGroup(name string) slog.Handler {
	c := *m
	c.prefix += name + "."
	return &c
}

func main() {
	noTime := func(groups []string, a slog.Attr) slog.Attr {
		switch {
		case len(groups) == 0 && a.Key == slog.TimeKey:
			return slog.Attr{}
		case a.Key == "secret":
			return slog.String("secret", strings.Repeat("*", len(a.Value.String())))
		case a.Key == "in" && slices.Contains(groups, "g"):
			a.Key = "renamed"
		}
		return a
	}
	opts := &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: noTime}
	for _, h := range []slog.Handler{slog.NewTextHandler(os.Stdout, opts), slog.NewJSONHandler(os.Stdout, opts)} {
		l := slog.New(tracing{h})
		l.Info("hello world", "n", 1, "f", 2.5, "ok", true, "s", "a \"b\"", "d", time.Second, "t", time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC), "e", errors.New("bad thing"), "nil", nil)
		l.Debug("types", "user", user{1, "ann", "pw"}, "tok", token("abc"), "ptr", &struct{ A, B int }{1, 2}, "list", []string{"x", "y"}, "map", map[string]int{"b": 1, "a": 2}, "bytes", []byte("hi"))
		l.Warn("odd", []any{"key"}...)
		l.Error("bad key", []any{42, "x", slog.Int("attr", 3)}...)
		l.With("a", 1).WithGroup("g").With("in", 2).Info("grouped", slog.Group("sub", "k", "v", "secret", "hunter2"), "in", 3)
		l.LogAttrs(context.WithValue(context.Background(), traceKey{}, "t-1"), slog.LevelInfo+2, "traced", slog.Any("u", []user{{2, "b", ""}}), slog.Group("empty"))
		l.Log(context.Background(), slog.Level(-8), "not shown")
	}

	var level slog.LevelVar
	var lines []string
	m := slog.New(&memory{&sync.Mutex{}, &lines, &level, "", nil})
	calls := 0
	expensive := lazy(func() string { calls++; return "computed" })
	m.Debug("hidden", "x", expensive)
	level.Set(slog.LevelDebug)
	m.With("req", 7).WithGroup("http").Debug("shown", "x", expensive, "status", 200, "u", user{3, "c", ""})
	m.Info("any", "v", slog.AnyValue([]int{1}), "dur", time.Minute, "u64", uint64(5))
	fmt.Println(strings.Join(lines, "\n"), calls)
	fmt.Println(m.Enabled(context.Background(), slog.LevelDebug-1), level.Level(), slog.LevelInfo+1, slog.Level(12))
	var lv slog.Level
	fmt.Println(lv.UnmarshalText([]byte("warn+2")), lv, lv.UnmarshalText([]byte("loud")))
	a, b := slog.Int("k", 1), slog.Int64("k", 1)
	fmt.Println(a.Equal(b), a, slog.GroupValue(a, b), slog.AnyValue(int8(3)).Kind(), slog.AnyValue(token("x")).Kind(), slog.StringValue("x").Equal(slog.AnyValue("x")))

	var buf bytes.Buffer
	slog.SetDefault(slog.New(slog.NewTextHandler(&buf, &slog.HandlerOptions{ReplaceAttr: noTime})))
	slog.Info("default", "x", 1)
	slog.Debug("below")
	fmt.Print(buf.String())
	multi := slog.New(slog.NewMultiHandler(slog.NewTextHandler(os.Stdout, opts), &memory{&sync.Mutex{}, &lines, slog.LevelError, "", nil}))
	multi.Info("to one")
	multi.Error("to both")
	fmt.Println(lines[len(lines)-1], len(lines))
}
