// Package sshpattern compares names with patterns as OpenSSH writes them, in its
// configuration and in known_hosts.
package sshpattern

import "strings"

// matchOne reports whether text has the form of a pattern, in which * stands for
// anything and ? for one byte.
func matchOne(text, pattern string) bool {
	star, mark := -1, 0 // where to go on when what follows the last * does not fit
	t, p := 0, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			t, p = t+1, p+1
		case star >= 0:
			mark++
			t, p = mark, star+1
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// Match reports whether text matches one of the patterns and none of those that
// begin with an exclamation mark.
func Match(text string, patterns []string) bool {
	matched := false
	for _, pattern := range patterns {
		pattern, negated := strings.CutPrefix(pattern, "!")
		if !matchOne(text, pattern) {
			continue
		}
		if negated {
			return false
		}
		matched = true
	}
	return matched
}
