package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/farside-go/farside/interp/internal/bothways"
)

// A finding is a program that is not the same both ways.
type finding struct {
	seed          uint64
	verdict       bothways.Verdict
	why           string
	program       *bothways.Program
	compiled, far bothways.Outcome
}

var (
	printed = regexp.MustCompile(`^(stdout|stderr) line \d+: compiled (.*), far side (.*)`)
	crashed = regexp.MustCompile(`^crash: compiled .*, far side `)
	number  = regexp.MustCompile(`[A-Za-z]*\d+`)
	word    = regexp.MustCompile(`[A-Za-z]{3,}`)
)

// ended is said in place of a line behind the last one.
const ended = "has ended"

// kind is what findings have in common that look alike: the reason without names
// and numbers. Of lines that were printed only the words count that the other way
// did not print, and none if it printed no line.
func (f *finding) kind() string {
	why := crashed.ReplaceAllString(f.why, "crash: ")
	if parts := printed.FindStringSubmatch(f.why); parts != nil && parts[3] == ended {
		why = parts[1] + ": the far side's " + ended
	} else if parts != nil {
		compiled := word.FindAllString(number.ReplaceAllString(parts[2], ""), -1)
		far := word.FindAllString(number.ReplaceAllString(parts[3], ""), -1)
		why = fmt.Sprintf("%s: %q, not %q", parts[1], without(far, compiled), without(compiled, far))
	}
	return string(f.verdict) + ": " + number.ReplaceAllString(why, "#")
}

// without gives the words of a that b has not.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(w string) bool { return slices.Contains(b, w) })
}

// name is what the files of a finding are called.
func (f *finding) name() string { return fmt.Sprintf("%s-%d", f.verdict, f.seed) }

// store writes a finding's files.
func (f *finding) store(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	name := filepath.Join(dir, f.name())
	text := fmt.Sprintf("seed %d\n%s: %s\n\ncompiled:\n%s\nfar side:\n%s", f.seed, f.verdict, f.why, show(f.compiled), show(f.far))
	if err := os.WriteFile(name+".txt", []byte(text), 0o644); err != nil {
		return err
	}
	return os.WriteFile(name+".go", []byte(f.program.Main), 0o644)
}

func show(o bothways.Outcome) string {
	return fmt.Sprintf("refused: %s\nended: %t\nexit: %d %s\ncrash: %s\nstdout:\n%s\nstderr:\n%s\n",
		o.Refused, !o.Unended, o.Exit, o.Signal, o.Crash, o.Stdout, o.Stderr)
}

// report stores a finding and prints a line about it.
func (f *fuzzer) report(found finding) {
	err := found.store(f.settings.keep)
	f.mu.Lock()
	defer f.mu.Unlock()
	fmt.Fprintf(f.out, "seed %d: %s: %s\n", found.seed, found.verdict, found.why)
	if err != nil {
		fmt.Fprintf(f.out, "it could not be stored: %v\n", err)
	}
}
