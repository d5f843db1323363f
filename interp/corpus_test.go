package interp_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// update makes TestCorpus write what it otherwise compares with, on a Unix system:
//
//	go test ./interp -run Corpus -update
var update = flag.Bool("update", false, "write the corpus's expectations anew")

const (
	corpusDir  = "testdata/corpus"
	corpusHead = "//go:build ignore\n" // the first line of each program, so that tools skip it
	corpusSize = 200                   // there are at least so many
	notYetFile = "not_yet.txt"
	unixSuffix = "_unix" // ends the name of a program that needs a Unix system
)

// A corpusProgram is a whole package main in testdata/corpus and how it ends.
type corpusProgram struct {
	name   string
	source string
	want   ending
	notYet bool // it is known not to do the same interpreted
}

// An ending is what is compared of a program that ran.
type ending struct {
	stdout string
	status int
}

// The programs of the corpus say on standard output what the language and the
// library do. Compiled by the local toolchain they must do what is written beside
// them; interpreted, the same, or be refused before they start.
//
// The programs in not_yet.txt fail that. One that does not fail it any more must
// be taken from the list, so that the list stays true.
func TestCorpus(t *testing.T) {
	if *update && runtime.GOOS == "windows" {
		t.Fatalf("-update: the programs whose names end with %s do not run here", unixSuffix)
	}
	programs := readCorpus(t)
	t.Run("compiled", func(t *testing.T) { compareCompiled(t, programs) })
	if t.Failed() {
		return
	}
	var sum tally
	t.Run("interpreted", func(t *testing.T) {
		for _, p := range programs {
			t.Run(p.name, func(t *testing.T) {
				t.Parallel()
				compareInterpreted(t, p, &sum)
			})
		}
	})
	t.Logf("of %d programs: %d same, %d refused, %d different", len(programs), sum.same, sum.refused, sum.different)
	if ran := sum.same + sum.refused + sum.different; *update && ran == len(programs) {
		writeNotYet(t, sum.failed)
	}
}

// A tally counts verdicts.
type tally struct {
	mu                       sync.Mutex
	same, refused, different int
	failed                   []string
}

func (s *tally) add(name string, v verdict) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch v {
	case same:
		s.same++
		return
	case refused:
		s.refused++
	case different:
		s.different++
	}
	s.failed = append(s.failed, name)
}

// compareInterpreted runs a program on a far side and holds it to its ending.
func compareInterpreted(t *testing.T, p *corpusProgram, sum *tally) {
	v, why := judge(p, interpret(t, p))
	sum.add(p.name, v)
	switch {
	case *update:
	case p.notYet && v == same:
		t.Errorf("does the same as compiled: take its name out of %s/%s", corpusDir, notYetFile)
	case p.notYet:
		t.Skipf("not yet: %s", why)
	case v != same:
		t.Error(why)
	}
}

// readCorpus reads the programs that can run on this system.
func readCorpus(t *testing.T) (programs []*corpusProgram) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(corpusDir, "*.go"))
	if err != nil || len(files) < corpusSize {
		t.Fatalf("%d programs in %s, want at least %d: %v", len(files), corpusDir, corpusSize, err)
	}
	notYet := readNotYet(t)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		listed := slices.Contains(notYet, name)
		notYet = slices.DeleteFunc(notYet, func(other string) bool { return other == name })
		if strings.HasSuffix(name, unixSuffix) && runtime.GOOS == "windows" {
			continue
		}
		p := &corpusProgram{name: name, source: readText(t, file), notYet: listed}
		if !strings.HasPrefix(p.source, corpusHead) {
			t.Errorf("%s must begin with %q", file, corpusHead)
		}
		p.want = readEnding(t, name)
		programs = append(programs, p)
	}
	checkStrays(t)
	if len(notYet) > 0 && !*update {
		t.Errorf("%s names programs that are not there: %v", notYetFile, notYet)
	}
	return programs
}

func readText(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// checkStrays finds what is written beside a program that is not there any more.
func checkStrays(t *testing.T) {
	t.Helper()
	for _, pattern := range []string{"*.out", "*.exit"} {
		files, _ := filepath.Glob(filepath.Join(corpusDir, pattern))
		for _, file := range files {
			if _, err := os.Stat(strings.TrimSuffix(file, filepath.Ext(file)) + ".go"); err != nil {
				t.Errorf("%s belongs to no program: remove it", file)
			}
		}
	}
}

// readEnding reads what is written beside a program. One without a status ends
// with 0.
func readEnding(t *testing.T, name string) (e ending) {
	t.Helper()
	base := filepath.Join(corpusDir, name)
	stdout, err := os.ReadFile(base + ".out")
	if err != nil && !*update {
		t.Fatalf("%v; run this test with -update", err)
	}
	e.stdout = string(stdout)
	text, err := os.ReadFile(base + ".exit")
	if os.IsNotExist(err) {
		return e
	}
	if err == nil {
		e.status, err = strconv.Atoi(strings.TrimSpace(string(text)))
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// writeEnding writes what readEnding reads.
func writeEnding(t *testing.T, name string, e ending) {
	t.Helper()
	base := filepath.Join(corpusDir, name)
	err := os.WriteFile(base+".out", []byte(e.stdout), 0o666)
	if err == nil && e.status != 0 {
		err = os.WriteFile(base+".exit", fmt.Appendln(nil, e.status), 0o666)
	} else if rmErr := os.Remove(base + ".exit"); err == nil && !os.IsNotExist(rmErr) {
		err = rmErr
	}
	if err != nil {
		t.Error(err)
	}
}

func readNotYet(t *testing.T) []string {
	t.Helper()
	return strings.Fields(readText(t, filepath.Join(corpusDir, notYetFile)))
}

func writeNotYet(t *testing.T, names []string) {
	t.Helper()
	var text strings.Builder
	for _, name := range slices.Sorted(slices.Values(names)) {
		fmt.Fprintln(&text, name)
	}
	if err := os.WriteFile(filepath.Join(corpusDir, notYetFile), []byte(text.String()), 0o666); err != nil {
		t.Error(err)
	}
}
