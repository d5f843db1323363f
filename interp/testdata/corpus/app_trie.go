//go:build ignore

package main

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

type trie struct {
	next  map[rune]*trie
	end   bool
	count int
}

func (t *trie) add(words ...string) *trie {
	for _, w := range words {
		at := t
		for _, r := range w {
			if at.next == nil {
				at.next = map[rune]*trie{}
			}
			if at.next[r] == nil {
				at.next[r] = &trie{}
			}
			at = at.next[r]
			at.count++
		}
		at.end = true
	}
	return t
}

func (t *trie) find(prefix string) *trie {
	for _, r := range prefix {
		if t == nil {
			return nil
		}
		t = t.next[r]
	}
	return t
}

// all gives the words in order, each behind prefix.
func (t *trie) all(prefix string) iter.Seq[string] {
	return func(yield func(string) bool) { t.walk([]rune(prefix), yield) }
}

func (t *trie) walk(prefix []rune, yield func(string) bool) bool {
	if t == nil {
		return true
	}
	if t.end && !yield(string(prefix)) {
		return false
	}
	keys := make([]rune, 0, len(t.next))
	for r := range t.next {
		keys = append(keys, r)
	}
	slices.Sort(keys)
	for _, r := range keys {
		if !t.next[r].walk(append(prefix, r), yield) {
			return false
		}
	}
	return true
}

// match finds words with ? for any letter and * for any number of them.
func (t *trie) match(pattern string, prefix string, out *[]string) {
	if t == nil {
		return
	}
	if pattern == "" {
		if t.end {
			*out = append(*out, prefix)
		}
		return
	}
	head, rest := pattern[0], pattern[1:]
	for r, c := range t.next {
		switch {
		case head == '*':
			c.match(pattern, prefix+string(r), out)
		case head == '?', rune(head) == r:
			c.match(rest, prefix+string(r), out)
		}
	}
	if head == '*' {
		t.match(rest, prefix, out)
	}
}

func (t *trie) nodes() int {
	n := 1
	for _, c := range t.next {
		n += c.nodes()
	}
	return n
}

func segment(t *trie, text string, memo map[string][]string) []string {
	if text == "" {
		return []string{""}
	}
	if got, ok := memo[text]; ok {
		return got
	}
	var out []string
	at := t
	for i, r := range text {
		if at = at.next[r]; at == nil {
			break
		}
		if end := i + len(string(r)); at.end {
			for _, tail := range segment(t, text[end:], memo) {
				out = append(out, strings.TrimSpace(text[:end]+" "+tail))
			}
		}
	}
	memo[text] = out
	return out
}

func main() {
	t := (&trie{}).add(strings.Fields("car card care cat dog do über übel a")...)
	fmt.Println(slices.Collect(t.all("")), t.nodes())
	for _, p := range []string{"car", "üb", "x", "do", ""} {
		n := t.find(p)
		words := slices.Collect(n.all(p))
		fmt.Println(p, len(words), n != nil && n.end, n != nil && n.count == len(words), words)
	}
	for w := range t.all("") {
		if strings.HasPrefix(w, "card") {
			fmt.Println("stopped at", w)
			break
		}
	}
	for _, p := range []string{"ca?", "c*", "*a*", "???", "*", "d?x"} {
		var out []string
		t.match(p, "", &out)
		slices.Sort(out)
		fmt.Print(p, slices.Compact(out), " ")
	}
	fmt.Println()
	dict := (&trie{}).add("cat", "cats", "and", "sand", "dog", "sanddog")
	fmt.Printf("%q %q\n", segment(dict, "catsanddog", map[string][]string{}), segment(dict, "catsx", map[string][]string{}))
}
