package grammar_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/farside-go/farside/interp/internal/bothways"
	"github.com/farside-go/farside/interp/internal/difffuzz/grammar"
)

func TestProgramsAreWellTyped(t *testing.T) {
	checker := bothways.NewChecker()
	for seed := range uint64(500) {
		text := grammar.Program(seed)
		if err := checker.Check(text); err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, numbered(text))
		}
	}
}

func TestASeedAlwaysGivesTheSameProgram(t *testing.T) {
	different := map[string]bool{}
	for seed := range uint64(50) {
		text := grammar.Program(seed)
		if grammar.Program(seed) != text {
			t.Errorf("seed %d gives two programs", seed)
		}
		different[text] = true
	}
	if len(different) != 50 {
		t.Errorf("50 seeds give %d programs", len(different))
	}
}

func numbered(text string) string {
	var out strings.Builder
	n := 0
	for line := range strings.Lines(text) {
		n++
		fmt.Fprintf(&out, "%4d %s", n, line)
	}
	return out.String()
}
