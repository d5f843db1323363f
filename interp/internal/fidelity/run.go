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
	printed, err := r.compare(ctx, home, limits, c.program)
	if err != nil || !c.prints || r.Verdict != bothways.Same {
		return r, err
	}
	next := testCase{name: c.name, program: &bothways.Program{Name: c.program.Name, Main: printed, Dir: c.program.Dir}}
	next.outside, next.unsafe = judgeSource(next.program)
	return next.run(ctx, home, limits)
}

// compare runs a program both ways and notes what it came to. It gives what the
// compiled program printed.
func (r *result) compare(ctx context.Context, home *bothways.Home, limits bothways.Limits, p *bothways.Program) (printed string, err error) {
	compiled, err := home.Run(ctx, p)
	switch {
	case err != nil:
		return "", err
	case compiled.Refused != "":
		r.Verdict, r.Why = isOutside, "it does not compile: "+firstLine(compiled.Refused)
		return "", nil
	case compiled.Unended:
		r.Verdict, r.Why = isOutside, fmt.Sprintf("it does not end, compiled, in %v", limits.Time)
		return "", nil
	}
	far, err := bothways.RunFar(ctx, p, limits)
	if err != nil {
		return "", errors.Join(context.Cause(ctx), err)
	}
	r.Verdict, r.Why = bothways.Compare(compiled, far)
	return compiled.Stdout, nil
}
