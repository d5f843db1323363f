package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/interp"
	"github.com/farside-go/farside/interp/internal/bothways"
)

func TestMain(m *testing.M) {
	interp.Main()
	farsidetest.Main(m)
}

func newFuzzer(t *testing.T) *fuzzer {
	t.Helper()
	home, err := bothways.NewHome(t.Context(), bothways.Limits{}, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { home.Close() })
	return &fuzzer{
		settings: &settings{keep: t.TempDir(), shrink: time.Hour, limit: time.Minute},
		home:     home, checker: bothways.NewChecker(), out: &bytes.Buffer{},
		counts: map[bothways.Verdict]int{}, seen: map[string][]uint64{},
	}
}

var lastLine = regexp.MustCompile(`\n(\d+) programs, .* a second: (\d+) same, (\d+) refused, (\d+) different, 0 bad\n$`)

// Whatever the far side makes of them, each program is run once and none is bad.
func TestEveryProgramIsCounted(t *testing.T) {
	var out bytes.Buffer
	keep := t.TempDir()
	if _, err := command(t.Context(), []string{"-n", "5", "-batch", "2", "-j", "2", "-seed", "7", "-shrink", "1ns", "-keep", keep}, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), "from seed 7\n") {
		t.Errorf("the seed is not told:\n%s", &out)
	}
	if last := lastLine.FindStringSubmatch(out.String()); last == nil || last[1] != "5" {
		t.Errorf("the last line is not as it should be:\n%s", &out)
	}
}

// What a program is called is the one thing that always differs.
const planted = `package main

import (
	"fmt"
	"os"
)

func f(n int) int { return n + 1 }

func main() {
	for i := 0; i < 3; i++ {
		fmt.Println("same", f(i))
	}
	if f(1) == 2 {
		defer fmt.Println(f(4), os.Args[0])
	}
}
`

func TestAFindingIsMadeSmallerAndStored(t *testing.T) {
	f := newFuzzer(t)
	far := bothways.NewFar(bothways.Limits{})
	defer far.Close()
	found, err := f.again(t.Context(), far, programOf(planted), bothways.Different)
	if err != nil {
		t.Fatal(err)
	}
	found.seed, found.program = 42, programOf(planted)
	if kind := found.kind(); !strings.HasPrefix(kind, "different: stdout: ") {
		t.Fatalf("%s: %s", kind, found.why)
	}
	f.smaller(t.Context(), &found)
	f.report(found)
	name := filepath.Join(f.settings.keep, "different-42")
	text, err := os.ReadFile(name + ".go")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "for") || strings.Contains(string(text), "func f") || !strings.Contains(string(text), "os.Args[0]") {
		t.Errorf("it was made this small:\n%s", text)
	}
	note, err := os.ReadFile(name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"seed 42\n", "different: stdout line 1: compiled ", "main.go\n"} {
		if !strings.Contains(string(note), want) {
			t.Errorf("%q is not in\n%s", want, note)
		}
	}
}

func TestOnlyTheFirstFindingOfAKindIsNew(t *testing.T) {
	f := newFuzzer(t)
	for _, c := range []struct {
		why string
		new bool
	}{
		{`stdout line 3: compiled "1", far side "2"`, true},
		{`stdout line 8: compiled "3 T5", far side "4 T7"`, false},
		{`stdout line 8: compiled "3 with length 5", far side "3 with capacity 5"`, true},
		{`stdout line 9: compiled "5 with length 6", far side "5 with capacity 6"`, false},
		{`stdout line 1: compiled "nothing is printed", far side has ended`, true},
		{`stdout line 9: compiled "nothing is alike", far side has ended`, false},
		{`stderr line 3: compiled "1", far side "2"`, true},
		{`crash: compiled "panic: 1", far side "main.go:3:4: no v17"`, true},
		{`crash: compiled "", far side "main.go:5:14: no v9"`, false},
		{`crash: compiled "", far side "main.go:5:14: no type"`, true},
	} {
		if isNew := f.count(finding{verdict: bothways.Different, why: c.why}); isNew != c.new {
			t.Errorf("%s: new: %t", c.why, isNew)
		}
	}
	if f.count(finding{verdict: bothways.Same}) {
		t.Error("a program that is the same is a finding")
	}
	f.summary()
	if want := "     2 times different: stdout: [\"capacity\"], not [\"length\"]; seeds [0 0]\n"; !strings.Contains(f.out.(*bytes.Buffer).String(), want) {
		t.Errorf("the summary is\n%s", f.out)
	}
}

func TestProgramsThatAreNoTestAreBad(t *testing.T) {
	for _, compiled := range []bothways.Outcome{{Refused: "x"}, {Unended: true}, {Crash: "fatal error: stack overflow"}} {
		if found := judge(compiled, compiled); found.verdict != bad {
			t.Errorf("%+v: %s", compiled, found.verdict)
		}
	}
}

func TestBoundsAreKept(t *testing.T) {
	f := &fuzzer{settings: &settings{programs: 5, batch: 3, seed: 10}}
	if first, second, third := f.take(), f.take(), f.take(); len(first) != 3 || len(second) != 2 || second[1] != 14 || len(third) != 0 {
		t.Errorf("batches %v, %v, %v", first, second, third)
	}
	f = &fuzzer{settings: &settings{time: time.Minute, batch: 1}, start: time.Now().Add(-time.Hour)}
	if seeds := f.take(); len(seeds) != 0 {
		t.Errorf("a batch %v after the end", seeds)
	}
	for _, args := range [][]string{{"-j", "0"}, {"-batch", "0"}, {"-n", "-1"}, {"file.go"}} {
		if _, err := parse(args); err == nil {
			t.Errorf("%v: no error", args)
		}
	}
}
