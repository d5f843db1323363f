package interp_test

import (
	"errors"
	"regexp"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// Each of these overflows by way of compiled code that calls back. Go's own words
// would name nothing of the program.
var overflows = map[string]string{
	"sort.Slice": `func deeper(n int) { sort.Slice([]int{1, 2}, func(i, j int) bool { deeper(n + 1); return true }) }
deeper(0)`,
	"String": `type T struct{ n int }
func (t T) String() string { return fmt.Sprint(T{t.n + 1}) }
fmt.Println(T{1})`,
	"MarshalJSON": `type T struct{ n int }
func (t T) MarshalJSON() ([]byte, error) { return json.Marshal(T{t.n + 1}) }
json.Marshal(T{1})`,
	"iterator": `func deeper(s []int) { for range slices.Values(s) { deeper(s) } }
deeper([]int{1})`,
	"recovering": `func deeper(n int) int { defer func() { recover() }(); return deeper(n+1) + 1 }
deeper(0)`,
	"mixed": `func less(n int) bool { if n%1000 == 0 { sort.Slice([]int{1, 2}, func(i, j int) bool { return less(n + 1) }) }; return less(n + 1) }
less(1)`,
	"goroutine": `func deeper(s []int) { for range slices.Values(s) { deeper(s) } }
go deeper([]int{1})
select {}`,
}

func TestOverflowThroughCallbacksNamesTheProgram(t *testing.T) {
	for name, source := range overflows {
		t.Run(name, func(t *testing.T) {
			stderr := lostWords(t, "popen", source)
			want := `fatal error: stack overflow: .*\n\ngoroutine of user\.go:\nmain\..*\n\tuser\.go:\d+:\d+\nmain\.(.|\n)*and \d+ more\n`
			if !regexp.MustCompile(want).MatchString(stderr) {
				t.Errorf("the last words are\n%s", stderr)
			}
		})
	}
}

// lostWords runs a source that ends its far side, and gives what it said.
func lostWords(t *testing.T, spec, source string) string {
	t.Helper()
	return lostWordsOf(t, farsidetest.Gateway(t, spec, nil), source)
}

func lostWordsOf(t *testing.T, gw *gateway.Gateway, source string) string {
	t.Helper()
	program := gateway.Source(source)
	program.Name = "user.go"
	_, err := gateway.Call[any](t.Context(), gw, program)
	var exit *gateway.ExitError
	if !errors.Is(err, gateway.ErrLost) || !errors.As(err, &exit) || exit.Code != 2 {
		t.Fatalf("got %v", err)
	}
	return exit.Stderr
}
