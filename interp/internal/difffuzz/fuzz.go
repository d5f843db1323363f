package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/farside-go/farside/interp/internal/bothways"
	"github.com/farside-go/farside/interp/internal/difffuzz/grammar"
)

// bad is the verdict on a program that is no test: it is not well typed, does not
// compile, does not end or overflows the stack. The grammar is at fault.
const bad bothways.Verdict = "bad"

// seedsShown is how many seeds of findings that look alike are told.
const seedsShown = 10

// A fuzzer makes programs up and runs them, until it is told to stop.
type fuzzer struct {
	settings *settings
	home     *bothways.Home
	checker  *bothways.Checker
	out      io.Writer

	mu     sync.Mutex
	next   int // programs taken so far
	counts map[bothways.Verdict]int
	seen   map[string][]uint64 // the seeds of each kind of finding
	start  time.Time
}

// run makes programs up until the bounds are reached or ctx ends. The end of ctx
// is not an error: what was found is told.
func (f *fuzzer) run(ctx context.Context) error {
	f.counts, f.start = map[bothways.Verdict]int{}, time.Now()
	work, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var workers sync.WaitGroup
	for range f.settings.jobs {
		workers.Go(func() { // ends when take gives nothing more
			if err := f.work(work); err != nil {
				cancel(err)
			}
		})
	}
	workers.Wait()
	if ctx.Err() != nil || work.Err() == nil {
		return nil
	}
	return context.Cause(work)
}

// take gives the seeds of the next batch, none when it is time to stop.
func (f *fuzzer) take() (seeds []uint64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.settings.time > 0 && time.Since(f.start) >= f.settings.time {
		return nil
	}
	for range f.settings.batch {
		if f.settings.programs > 0 && f.next >= f.settings.programs {
			return seeds
		}
		seeds = append(seeds, f.settings.seed+uint64(f.next))
		f.next++
	}
	return seeds
}

// work runs batches on a far side of its own.
func (f *fuzzer) work(ctx context.Context) (err error) {
	far := bothways.NewFar(bothways.Limits{Time: f.settings.limit})
	defer func() { err = errors.Join(err, far.Close()) }()
	for ctx.Err() == nil {
		seeds := f.take()
		if len(seeds) == 0 {
			return nil
		}
		if err := f.batch(ctx, far, seeds); err != nil {
			return err
		}
	}
	return nil
}

// batch runs the programs of some seeds.
func (f *fuzzer) batch(ctx context.Context, far *bothways.Far, seeds []uint64) error {
	var programs []*bothways.Program
	var of []uint64 // the seed of each program
	for _, seed := range seeds {
		p := programOf(grammar.Program(seed))
		if err := f.checker.Check(p.Main); err != nil {
			found := finding{seed: seed, verdict: bad, why: err.Error(), program: p}
			f.count(found)
			f.report(found)
			continue
		}
		programs, of = append(programs, p), append(of, seed)
	}
	compiled, err := f.home.RunBatch(ctx, programs)
	if err != nil {
		return err
	}
	for i, p := range programs {
		outcome, err := far.Run(ctx, p)
		if err != nil {
			return err
		}
		found := judge(compiled[i], outcome)
		found.seed, found.program = of[i], p
		if f.count(found) {
			f.smaller(ctx, &found)
			f.report(found)
		}
	}
	return nil
}

// programOf makes a program of a text.
func programOf(text string) *bothways.Program {
	return &bothways.Program{Name: "main.go", Main: text}
}

// judge compares what both ways did.
func judge(compiled, far bothways.Outcome) finding {
	found := finding{compiled: compiled, far: far}
	switch {
	case compiled.Refused != "":
		found.verdict, found.why = bad, "it does not compile: "+compiled.Refused
	case compiled.Unended:
		found.verdict, found.why = bad, "it does not end, compiled"
	case strings.HasPrefix(compiled.Crash, "fatal error"):
		found.verdict, found.why = bad, "compiled, it ends with a "+compiled.Crash
	default:
		found.verdict, found.why = bothways.Compare(compiled, far)
	}
	return found
}

// count counts a program, and reports whether it is a finding of a new kind.
func (f *fuzzer) count(found finding) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.counts[found.verdict]++
	if found.verdict == bothways.Same {
		return false
	}
	kind := found.kind()
	f.seen[kind] = append(f.seen[kind], found.seed)
	return len(f.seen[kind]) == 1
}

// summary prints what all came to.
func (f *fuzzer) summary() {
	f.mu.Lock()
	defer f.mu.Unlock()
	total := 0
	for _, n := range f.counts {
		total += n
	}
	often := func(a, b string) int { return len(f.seen[b]) - len(f.seen[a]) }
	for _, kind := range slices.SortedStableFunc(maps.Keys(f.seen), often) {
		seeds := f.seen[kind]
		fmt.Fprintf(f.out, "%6d times %s; seeds %d\n", len(seeds), kind, seeds[:min(len(seeds), seedsShown)])
	}
	fmt.Fprintf(f.out, "%d programs, %.1f a second: %d same, %d refused, %d different, %d bad\n",
		total, float64(total)/time.Since(f.start).Seconds(),
		f.counts[bothways.Same], f.counts[bothways.Refused], f.counts[bothways.Different], f.counts[bad])
}
