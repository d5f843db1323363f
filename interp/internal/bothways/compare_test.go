package bothways

import (
	"strings"
	"testing"
)

func TestCompareTellsWhatDiffers(t *testing.T) {
	home := Outcome{Stdout: "a\nb\n", Stderr: "c\n", Crash: "panic: (main.T) 0xc000012345", Exit: 2}
	far := home
	far.Crash = "panic: (main.T) 0xc000054321"
	if verdict, why := Compare(home, far); verdict != Same {
		t.Errorf("only an address differs, but: %s", why)
	}
	long := strings.Repeat("long ", 1000)
	for name, c := range map[string]struct {
		change func(*Outcome)
		want   string
	}{
		"end":         {func(o *Outcome) { o.Unended = true }, "ended: compiled true, far side false"},
		"crash":       {func(o *Outcome) { o.Crash = "" }, `crash: compiled "panic: (main.T) 0xc000012345", far side ""`},
		"status":      {func(o *Outcome) { o.Exit = 1 }, "exit status: compiled 2 , far side 1 "},
		"signal":      {func(o *Outcome) { o.Exit, o.Signal = -1, "killed" }, "exit status: compiled 2 , far side -1 killed"},
		"stdout":      {func(o *Outcome) { o.Stdout = "a\nB\n" }, `stdout line 2: compiled "b\n", far side "B\n"`},
		"less":        {func(o *Outcome) { o.Stdout = "a\n" }, `stdout line 2: compiled "b\n", far side has ended`},
		"more":        {func(o *Outcome) { o.Stdout += "c" }, `stdout line 3: compiled has ended, far side "c"`},
		"line's end":  {func(o *Outcome) { o.Stdout = "a\nb" }, `stdout line 2: compiled "b\n", far side "b"`},
		"stderr":      {func(o *Outcome) { o.Stderr = "" }, `stderr line 1: compiled "c\n", far side has ended`},
		"a long line": {func(o *Outcome) { o.Stderr = "c" + long }, `far side "c` + long[:shownMax-1] + `"`},
	} {
		far := home
		c.change(&far)
		if verdict, why := Compare(home, far); verdict != Different || !strings.Contains(why, c.want) {
			t.Errorf("%s: %s: %s, want %s", name, verdict, why, c.want)
		}
	}
	verdict, why := Compare(Outcome{Stdout: long + "x"}, Outcome{Stdout: long + "y"})
	if verdict != Different || !strings.Contains(why, `long x", far side ...`) || !strings.Contains(why, `long y"`) {
		t.Errorf("the end of a long line: %s: %s", verdict, why)
	}
	if verdict, _ := Compare(Outcome{Refused: "x"}, Outcome{}); verdict != Different {
		t.Errorf("what runs only on the far side is %s", verdict)
	}
}

func TestCrashIsToldFromOutput(t *testing.T) {
	const trace = "\n\ngoroutine 1 [running]:\nmain.main()\n"
	for stderr, want := range map[string][2]string{
		"":                       {"", ""},
		"panic: only text\n":     {"panic: only text\n", ""},
		"text\npanic: x" + trace: {"text\n", "panic: x"},
		"textpanic: x" + trace:   {"text", "panic: x"},
		"panic: x [recovered]\n\tpanic: y\nz" + trace:                      {"", "panic: y"},
		"text\nfatal error: all goroutines are asleep - deadlock!" + trace: {"text\n", "fatal error: all goroutines are asleep - deadlock!"},
		"text\nruntime: goroutine stack exceeds 1000000000-byte limit\nsp=0x1 stack=[0x1, 0x2]\nfatal error: stack overflow\n\nruntime stack:\n": {
			"text\n", "fatal error: stack overflow"},
	} {
		before, crash := splitCrash(stderr)
		if before != want[0] || crash != want[1] {
			t.Errorf("%q: %q, %q", stderr, before, crash)
		}
	}
}
