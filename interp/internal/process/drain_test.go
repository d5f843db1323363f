package process_test

import (
	"testing"

	"github.com/farside-go/farside/interp/internal/process"
)

// A read may end in the middle of the mark.
func TestMarkThatComesInPartsIsFound(t *testing.T) {
	for data, want := range map[string]int{"": 0, "x": 0, "m": 1, "xma": 2, "mar": 3, "mark": 0, "mamar": 3, "marx": 0, "mmm": 1} {
		if got := process.Overlap(data, "mark"); got != want {
			t.Errorf("%q: %d, want %d", data, got, want)
		}
	}
}
