package main

import (
	"slices"
	"testing"
	"time"
)

func TestPruningFlags(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		all         bool
		older, size string
		want        pruning
	}{
		{false, "", "", pruning{now.AddDate(0, 0, -30), -1}},
		{true, "", "", pruning{time.Time{}, 0}},
		{false, "90m", "", pruning{now.Add(-90 * time.Minute), -1}},
		{false, "2d", "", pruning{now.AddDate(0, 0, -2), -1}},
		{false, "0s", "", pruning{now, -1}},
		{false, "", "1.5kB", pruning{time.Time{}, 1500}},
		{false, "", "2 GiB", pruning{time.Time{}, 2 << 30}},
		{false, "", "0", pruning{time.Time{}, 0}},
		{false, "1h", "7B", pruning{now.Add(-time.Hour), 7}},
	} {
		got, err := parsePruning(c.all, c.older, c.size, now)
		if err != nil || got.limit != c.want.limit || !got.before.Equal(c.want.before) {
			t.Errorf("%v %q %q is %v, %v", c.all, c.older, c.size, got, err)
		}
	}
	for _, text := range []string{"-1h", "d", "-1d", "1", "1w", "70000d"} {
		if _, err := parseAge(text); err == nil {
			t.Errorf("%q is an age", text)
		}
	}
	for _, text := range []string{"-1", "MB", "1e30GB", "NaN", "1PB", "1 2"} {
		if n, err := parseSize(text); err == nil {
			t.Errorf("%q is the size %d", text, n)
		}
	}
}

// What was used since it was listed stays, and so does what is newer than it.
func TestPruneGoesByUse(t *testing.T) {
	now := time.Now()
	var all []kept
	for i, hash := range []string{"old", "busy", "young"} {
		all = append(all, kept{hash: hash, size: 10, used: now.Add(time.Duration(i-3) * time.Hour)})
	}
	for _, c := range []struct {
		p    pruning
		want []string
	}{
		{pruning{time.Time{}, -1}, nil},
		{pruning{time.Time{}, 30}, nil},
		{pruning{time.Time{}, 29}, []string{"old"}},
		{pruning{time.Time{}, 10}, []string{"old", "young"}},
		{pruning{now.Add(-90 * time.Minute), -1}, []string{"old"}},
		{pruning{now, -1}, []string{"old", "young"}},
		{pruning{now.Add(-150 * time.Minute), 20}, []string{"old"}},
	} {
		s := shelf{list: func() ([]kept, error) { return all, nil }, remove: func(k kept) bool { return k.hash != "busy" }}
		removed, err := s.prune(c.p)
		var got []string
		for _, k := range removed {
			got = append(got, k.hash)
		}
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%v removes %v, %v", c.p, got, err)
		}
	}
}
