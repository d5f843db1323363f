package shrink_test

import (
	"context"
	"strings"
	"testing"

	"github.com/farside-go/farside/interp/internal/bothways"
	"github.com/farside-go/farside/interp/internal/difffuzz/grammar"
	"github.com/farside-go/farside/interp/internal/difffuzz/shrink"
)

const planted = `package main

import (
	"context"
	"fmt"
	"strings"
)

type T struct {
	A int
	B string
}

func helper(x int) int { return x + 1 }

func scene(n int) {
	x := n * 2
	_ = x
	if n > 1 {
		for i := 0; i < 3; i++ {
			x += helper(i)
			func() {
				defer fmt.Println("deferred", strings.ToUpper("a"))
				fmt.Println(T{A: 1, B: "b"}.A + (x ^ 12345))
			}()
		}
	} else {
		fmt.Println("no")
	}
}

func main() {
	scene(1)
	scene(2)
}
`

// The planted defect is that the program has the number in it.
func TestAllButWhatMattersIsCut(t *testing.T) {
	checker := bothways.NewChecker()
	got := shrink.Program(t.Context(), planted, func(text string) bool {
		return strings.Contains(text, "12345") && checker.Check(text) == nil
	})
	if err := checker.Check(got); err != nil {
		t.Fatalf("%v\n%s", err, got)
	}
	for _, cut := range []string{"type T", "strings", "helper", "for", "else", "main()", "deferred"} {
		if strings.Contains(got, cut) {
			t.Errorf("%q is left in\n%s", cut, got)
		}
	}
}

func TestWhatIsNotInterestingIsLeftAlone(t *testing.T) {
	if got := shrink.Program(t.Context(), planted, func(string) bool { return false }); got != planted {
		t.Errorf("it was changed to\n%s", got)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if got := shrink.Program(ended, planted, func(string) bool { return true }); got != planted {
		t.Errorf("after the end it was changed to\n%s", got)
	}
	if got := shrink.Program(t.Context(), "no program", func(string) bool { return true }); got != "no program" {
		t.Errorf("it was changed to\n%s", got)
	}
}

// Programs that are made up are what will be shrunk.
func TestMadeUpProgramsShrink(t *testing.T) {
	checker := bothways.NewChecker()
	for _, seed := range []uint64{1} {
		text := grammar.Program(seed)
		got := shrink.Program(t.Context(), text, func(text string) bool {
			return strings.Contains(text, "for ") && checker.Check(text) == nil
		})
		if before, after := strings.Count(text, "\n"), strings.Count(got, "\n"); strings.Contains(text, "for ") && after > before/5 {
			t.Errorf("seed %d: %d lines of %d are left:\n%s", seed, after, before, got)
		}
	}
}
