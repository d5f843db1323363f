package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/farside-go/farside/interp/internal/bothways"
)

// What a program came to, beside the verdicts of bothways.
const (
	isUnsafe  bothways.Verdict = "unsafe"  // it imports unsafe and was not run
	isOutside bothways.Verdict = "outside" // it was not run, for the reason that is given
)

// A result is what one program came to.
type result struct {
	Name    string           `json:"name"`
	Verdict bothways.Verdict `json:"verdict"`
	Why     string           `json:"why,omitempty"`
}

// runAll runs the cases, some at once, and gives their results in the same order.
func runAll(ctx context.Context, home *bothways.Home, limits bothways.Limits, cases []testCase, jobs int) ([]result, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	results := make([]result, len(cases))
	todo := make(chan int)
	progress := newProgress(os.Stderr, len(cases))
	var workers sync.WaitGroup
	for range jobs {
		workers.Go(func() { // ends when todo is closed
			for i := range todo {
				r, err := cases[i].run(ctx, home, limits)
				if err != nil {
					cancel(err)
				}
				results[i] = r
				progress.add(r)
			}
		})
	}
	for i := range cases {
		select {
		case todo <- i:
		case <-ctx.Done():
		}
	}
	close(todo)
	workers.Wait()
	progress.clear()
	return results, context.Cause(ctx)
}

// run runs one case both ways.
func (c *testCase) run(ctx context.Context, home *bothways.Home, limits bothways.Limits) (result, error) {
	r := result{Name: c.name, Verdict: isOutside, Why: c.outside}
	switch {
	case c.unsafe:
		r.Verdict = isUnsafe
		return r, nil
	case c.outside != "":
		return r, nil
	}
	compiled, err := home.Run(ctx, c.program)
	switch {
	case err != nil:
		return r, err
	case compiled.Refused != "":
		r.Why = "it does not compile: " + firstLine(compiled.Refused)
		return r, nil
	case compiled.Unended:
		r.Why = fmt.Sprintf("it does not end, compiled, in %v", limits.Time)
		return r, nil
	}
	far, err := bothways.RunFar(ctx, c.program, limits)
	if err != nil {
		return r, errors.Join(context.Cause(ctx), err)
	}
	r.Verdict, r.Why = bothways.Compare(compiled, far)
	return r, nil
}
