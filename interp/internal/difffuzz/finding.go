package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"

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

// What two findings that look alike may differ in.
var (
	lines  = regexp.MustCompile(`^(stdout|stderr) line.*`)
	home   = regexp.MustCompile(`^crash: compiled .*, far side `)
	number = regexp.MustCompile(`[A-Za-z]*\d+`)
)

// kind is what findings have in common that look alike: the reason, without the
// lines that were printed and without names and numbers.
func (f *finding) kind() string {
	why := lines.ReplaceAllString(f.why, "$1")
	why = home.ReplaceAllString(why, "crash: ")
	return string(f.verdict) + ": " + number.ReplaceAllString(why, "#")
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
