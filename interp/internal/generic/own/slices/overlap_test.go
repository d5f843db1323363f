package slices

import "testing"

func TestSlicesOfOneArrayOverlap(t *testing.T) {
	s := []int{0, 1, 2, 3, 4, 5}
	for _, test := range []struct {
		a, b []int
		want bool
	}{
		{s, s, true}, {s[1:3], s[2:4], true}, {s[2:4], s[1:3], true}, {s, s[3:4], true}, {s[5:], s, true},
		{s[:2], s[2:], false}, {s[2:], s[:2], false}, {s[:0], s, false}, {s, nil, false}, {s, []int{0, 1}, false},
	} {
		if got := overlaps(test.a, test.b); got != test.want {
			t.Errorf("overlaps(%v, %v) = %v", test.a, test.b, got)
		}
	}
}
