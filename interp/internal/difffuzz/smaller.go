package main

import (
	"context"
	"time"

	"github.com/farside-go/farside/interp/internal/bothways"
	"github.com/farside-go/farside/interp/internal/difffuzz/shrink"
)

// shrunkLimit stops a program that is being made smaller: much of what is cut out
// ends a loop.
const shrunkLimit = 5 * time.Second

// smaller makes the program of a finding smaller for as long as both ways tell a
// finding of the same kind and there is time.
func (f *fuzzer) smaller(ctx context.Context, found *finding) {
	ctx, cancel := context.WithTimeout(ctx, f.settings.shrink)
	defer cancel()
	far := bothways.NewFar(bothways.Limits{Time: min(shrunkLimit, f.settings.limit)})
	defer far.Close()
	shrink.Program(ctx, found.program.Main, func(text string) bool {
		if f.checker.Check(text) != nil {
			return false
		}
		next, err := f.again(ctx, far, programOf(text), found.verdict)
		if err != nil || next.kind() != found.kind() {
			return false
		}
		next.seed, next.program = found.seed, programOf(text)
		*found = next
		return true
	})
}

// again runs a program both ways. One that the far side is to refuse need not be
// compiled.
func (f *fuzzer) again(ctx context.Context, far *bothways.Far, p *bothways.Program, want bothways.Verdict) (finding, error) {
	outcome, err := far.Run(ctx, p)
	if err != nil || want == bothways.Refused {
		return judge(bothways.Outcome{}, outcome), err
	}
	compiled, err := f.home.Run(ctx, p)
	return judge(compiled, outcome), err
}
