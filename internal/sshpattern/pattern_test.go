package sshpattern_test

import (
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/sshpattern"
)

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		text, patterns string
		want           bool
	}{
		{"a", "a", true}, {"a", "b", false}, {"", "*", true}, {"", "?", false}, {"", "", true}, {"a", "", false},
		{"abc", "a*c", true}, {"abc", "a*b", false}, {"abc", "***", true}, {"abc", "???", true}, {"abc", "??", false},
		{"xxabzzababc", "*ab*abc", true}, {"a.b.c", "a.*", true}, {"[h]:22", "[h]:*", true},
		{"a", "b a", true}, {"a", "!a *", false}, {"a", "* !a", false}, {"a", "!b", false}, {"a", "!b *", true},
	} {
		if got := sshpattern.Match(c.text, strings.Split(c.patterns, " ")); got != c.want {
			t.Errorf("%q with %q: %v", c.text, c.patterns, got)
		}
	}
}

// What backtracks at every star would take longer than the universe lasts.
func TestManyStarsTakeNoTime(t *testing.T) {
	if sshpattern.Match(strings.Repeat("a", 10_000), []string{strings.Repeat("*a", 200) + "b"}) {
		t.Error("it matches")
	}
}
