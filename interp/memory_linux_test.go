package interp_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// hard keeps a far side whose bound does not work from taking the machine's
// memory: it gets 2 GiB and no more, and dies in other words.
func hard(source string) string {
	return "hard(); " + source + `
func hard() {
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil { panic(err) }
	var pages uint64
	fmt.Sscan(string(data), &pages)
	limit := pages*uint64(os.Getpagesize()) + 2<<30
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil { panic(err) }
}`
}

// Each of these takes memory until there is none. The line is the one that does, or the head
// of the loop around it.
var runaways = map[string]struct {
	source string
	line   string
}{
	"append": {`var all []int
for {
	all = append(all, 1)
}`, "3"},
	"append large": {`var all [][]byte
for {
	all = append(all, make([]byte, 4<<20))
}`, "3"},
	"map": {`all := map[int][100]int{}
for i := 0; ; i++ {
	all[i] = [100]int{}
}`, "[23]"},
	"huge": {`
n := 1 << 40
_ = make([]byte, n)`, "3"},
	"huge map": {`
n := 1 << 33
_ = make(map[int]int, n)`, "3"},
	"doubled": {`s := "x"
for {
	s += s
}`, "3"},
	"doubled by the library": {`s := "x"
for {
	s = strings.Repeat(s, 2)
}`, "3"},
	"appended in one": {`b := []byte("x")
for {
	b = append(b, b...)
}`, "3"},
	"goroutines": {`for {
	go func() { var a [5000]int; select {}; _ = a }()
}`, "2"},
	"recursion": {`var grow func(n int) *node
grow = func(n int) *node {
	return &node{grow(n + 1), [100]int{}}
}
grow(0)
type node struct { next *node; more [100]int }`, "3"},
	"tree": {`var grow func(n int) *node
grow = func(n int) *node { if n == 60 { return nil };
	return &node{grow(n + 1), grow(n + 1), [100]int{}}
}
go grow(0)
select {}
type node struct { l, r *node; more [100]int }`, "3"},
	"in a goroutine": {`go func() { var all []any; for {
	all = append(all, new([1000]int)) } }()
select {}`, "2"},
	"in a callback": {`var all []string
sort.Slice(make([]int, 2), func(i, j int) bool { for {
	all = append(all, fmt.Sprintf("%1000d", len(all))) } })`, "3"},
}

func TestRunawayAllocationNamesTheProgram(t *testing.T) {
	for name, c := range runaways {
		t.Run(name, func(t *testing.T) {
			if underRace && name == "doubled by the library" {
				t.Log("not under the race detector, whose runtime dies first of a heap that it finds no addresses for")
				return
			}
			stderr := lostWords(t, "popen//memory=128MiB", hard(c.source))
			want := fmt.Sprintf(`fatal error: out of memory: .* 128 MiB are allowed .*\n\n(.|\n)*goroutine of user\.go:\n(.|\n)*\tuser\.go:%s:\d+\b`, c.line)
			if !regexp.MustCompile(want).MatchString(stderr) {
				t.Errorf("the last words are\n%s", stderr)
			}
		})
	}
}

// A bound must not end what stays below it, also if what it lets go of is much
// more.
func TestMuchMemoryWithinTheBoundIsNoRunaway(t *testing.T) {
	gw := farsidetest.Gateway(t, "popen//memory=256MiB", nil)
	got, err := gateway.Call[int](t.Context(), gw, gateway.Source(hard(`
		var large []byte
		for range 20 {
			large = make([]byte, 100<<20)
		}
		large = nil
		kept := make([][]byte, 10)
		for i := range 300 {
			kept[i%len(kept)] = make([]byte, 8<<20)
		}
		small := map[int][]byte{}
		for i := range 1_000_000 {
			small[i%50_000] = make([]byte, 500)
		}
		text := ""
		for range 300 {
			text += strings.Repeat("x", 20_000)
		}
		return len(kept) + len(small) + len(large)`)))
	if err != nil || got != 50_010 {
		t.Errorf("got %d, %v", got, err)
	}
}

// What no machine could have is a panic, as it is at home.
func TestImpossibleLengthIsAPanicWithinABound(t *testing.T) {
	gw := farsidetest.Gateway(t, "popen//memory=128MiB", nil)
	for _, source := range []string{"n := 1 << 62; _ = make([]int, n)", "n := -1; _ = make([]int, n)", "n := 1<<48 + 1; _ = make([]byte, n)"} {
		_, err := gateway.Call[any](t.Context(), gw, gateway.Source(source))
		if want := "panic: runtime error: makeslice: len out of range"; err == nil || !regexp.MustCompile(want).MatchString(err.Error()) {
			t.Errorf("%s: %v", source, err)
		}
	}
}

// Programs that did nothing are told of too.
func TestRunawayAllocationTellsOfAllPrograms(t *testing.T) {
	gw := farsidetest.Gateway(t, "popen//memory=128MiB", nil)
	for _, c := range []struct{ name, source string }{
		{"spinning.go", "channel.Send(ctx, 1); for { }"},
		{"waiting.go", "channel.Send(ctx, 1)\ntime.Sleep(time.Hour)"},
	} {
		program := gateway.Source(c.source)
		program.Name = c.name
		ch, err := gw.Exec(t.Context(), program)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ch.Receive(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	stderr := lostWordsOf(t, gw, hard("n := 1 << 40\n_ = make([]byte, n)"))
	for _, want := range []string{`\tuser\.go:2:`, `\tspinning\.go:1:\d`, `\twaiting\.go:2:1\b`} {
		if !regexp.MustCompile(want).MatchString(stderr) {
			t.Errorf("%s is not among the last words\n%s", want, stderr)
		}
	}
}

func TestWhatWasPrintedBeforeMemoryWasOutArrives(t *testing.T) {
	var out output
	gw := farsidetest.Gateway(t, "popen//memory=128MiB", &gateway.Options{Stdout: &out})
	lostWordsOf(t, gw, hard("for range 20_000 { fmt.Println(`printed`) }\nn := 1 << 40\n_ = make([]byte, n)"))
	if got := strings.Count(out.take(), "printed\n"); got != 20_000 {
		t.Errorf("%d lines arrived", got)
	}
}

func TestMemoryOfTheSpecArrives(t *testing.T) {
	for spec, fits := range map[string]func(int) bool{
		"popen":                func(limit int) bool { return limit >= 240<<20 && limit < 1<<50 },
		"popen//memory=512MiB": func(limit int) bool { return limit == 480<<20 },
	} {
		gw := farsidetest.Gateway(t, spec, nil)
		if got, err := gateway.Call[int](t.Context(), gw, gateway.Source("return debug.SetMemoryLimit(-1)")); err != nil || !fits(got) {
			t.Errorf("%s: the collector's limit is %d, %v", spec, got, err)
		}
	}
}
