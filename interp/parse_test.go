package interp_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/farside-go/farside/channel"
)

func TestArgumentsOfACommandLine(t *testing.T) {
	r := newRunner(t, nil)
	run := func(source string, args ...any) (any, error) {
		job := r.job(source, args...)
		job.Parse = true
		return r.in.Run(t.Context(), job)
	}
	const all = `
type Level int
type Name struct{ s string }
func (n *Name) UnmarshalText(text []byte) error {
	if len(text) == 0 { return errors.New("no name") }
	n.s = "<" + string(text) + ">"
	return nil
}
func F(ctx context.Context, i int, u uint8, f float32, b bool, d time.Duration, l Level, n Name, p *Name, c complex128, s string, a any, rest ...int) string {
	return fmt.Sprintln(i, u, f, b, d, l, n.s, p.s, c, s, a, rest)
}`
	good := []any{"-0x10", "255", "1.5", "true", "1m30s", "3", "x", "y", "1+2i", "5", "6", "7", "8"}
	if got, err := run(all, good...); err != nil || got != "-16 255 1.5 true 1m30s 3 <x> <y> (1+2i) 5 6 [7 8]\n" {
		t.Errorf("got %v, %v", got, err)
	}
	typed := []any{-16, 255, 1.5, true, "1m30s", 3, "x", "y", "1+2i", "5", 6, 7}
	if got, err := run(all, typed...); err != nil || got != "-16 255 1.5 true 1m30s 3 <x> <y> (1+2i) 5 6 [7]\n" {
		t.Errorf("what is no string: %v, %v", got, err)
	}
	for i, bad := range map[int]string{0: "x", 1: "256", 2: "1.x", 3: "maybe", 4: "90", 5: "", 6: "", 12: "eight"} {
		args := append([]any(nil), good...)
		args[i] = bad
		if _, err := run(all, args...); err == nil || !strings.Contains(err.Error(), "invalid value \""+bad+"\"") ||
			!strings.Contains(err.Error(), "call F: argument ") || strings.Contains(err.Error(), "strconv") {
			t.Errorf("argument %d: %v", i+1, err)
		}
	}
	var decode *channel.DecodeError
	if _, err := run("func F(ctx context.Context, list []int) {}", "1"); !errors.As(err, &decode) {
		t.Errorf("a list: %v", err)
	}
	if _, err := r.run("func F(ctx context.Context, n int) {}", "1"); !errors.As(err, &decode) {
		t.Errorf("a typed argument: %v", err)
	}
}
