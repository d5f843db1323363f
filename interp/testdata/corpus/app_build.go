//go:build ignore

package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

type target struct {
	name string
	deps []string
	run  func(ctx context.Context, in map[string]string) (string, error)
}

type state struct {
	done chan struct{}
	out  string
	err  error
}

type builder struct {
	targets map[string]target
	slots   chan struct{}
	mu      sync.Mutex
	states  map[string]*state
	order   []string
}

type buildError struct {
	target string
	err    error
}

func (e *buildError) Error() string { return e.target + ": " + e.err.Error() }
func (e *buildError) Unwrap() error { return e.err }

var errCycle = errors.New("cycle")

func (b *builder) check(name string, path []string) error {
	if slices.Contains(path, name) {
		return fmt.Errorf("%w: %s", errCycle, strings.Join(append(path, name), " -> "))
	}
	t, ok := b.targets[name]
	if !ok {
		return fmt.Errorf("no rule to make %s", name)
	}
	for _, d := range t.deps {
		if err := b.check(d, append(slices.Clone(path), name)); err != nil {
			return err
		}
	}
	return nil
}

// build runs each target once, however many need it.
func (b *builder) build(ctx context.Context, name string) (string, error) {
	b.mu.Lock()
	s, running := b.states[name]
	if !running {
		s = &state{done: make(chan struct{})}
		b.states[name] = s
	}
	b.mu.Unlock()
	if running {
		<-s.done
		return s.out, s.err
	}
	defer close(s.done)
	t := b.targets[name]
	in := make([]string, len(t.deps))
	errs := make([]error, len(t.deps))
	var wg sync.WaitGroup
	for i, d := range t.deps {
		wg.Go(func() { in[i], errs[i] = b.build(ctx, d) })
	}
	wg.Wait()
	if s.err = errors.Join(errs...); s.err != nil {
		return "", s.err
	}
	inputs := map[string]string{}
	for i, d := range t.deps {
		inputs[d] = in[i]
	}
	b.slots <- struct{}{}
	defer func() { <-b.slots }()
	b.mu.Lock()
	b.order = append(b.order, name)
	b.mu.Unlock()
	if s.out, s.err = t.run(ctx, inputs); s.err != nil {
		s.err = &buildError{name, s.err}
	}
	return s.out, s.err
}

func join(name string, deps ...string) target {
	return target{name, deps, func(_ context.Context, in map[string]string) (string, error) {
		var parts []string
		for _, d := range deps {
			parts = append(parts, in[d])
		}
		return name + "(" + strings.Join(parts, ",") + ")", nil
	}}
}

func main() {
	errCompile := errors.New("syntax error")
	fail := target{"bad.o", []string{"bad.c"}, func(context.Context, map[string]string) (string, error) { return "", errCompile }}
	newBuilder := func(ts ...target) *builder {
		b := &builder{targets: map[string]target{}, slots: make(chan struct{}, 2), states: map[string]*state{}}
		for _, t := range ts {
			b.targets[t.name] = t
		}
		return b
	}
	rules := []target{join("app", "main.o", "util.o", "lib"), join("main.o", "main.c", "util.h"), join("util.o", "util.c", "util.h"), join("lib", "util.o"), join("main.c"), join("util.c"), join("util.h"), fail, join("bad.c"), join("all", "app", "bad.o"), join("x", "y"), join("y", "z"), join("z", "x"), join("orphan", "nothing")}
	for _, goal := range []string{"app", "all", "x", "orphan", "main.c"} {
		b := newBuilder(rules...)
		if err := b.check(goal, nil); err != nil {
			fmt.Println(err, errors.Is(err, errCycle))
			continue
		}
		out, err := b.build(context.Background(), goal)
		var be *buildError
		fmt.Println(out, err, errors.Is(err, errCompile), errors.As(err, &be))
		ok := true
		for i, name := range b.order {
			for _, d := range b.targets[name].deps {
				ok = ok && slices.Index(b.order, d) < i
			}
		}
		fmt.Println(len(b.order), ok)
	}
}
