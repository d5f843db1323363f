//go:build ignore

package main

import (
	"fmt"
	"strings"
)

func try(what string, f func()) {
	defer func() {
		r := recover()
		err, ok := r.(error)
		fmt.Printf("%-22s %v %v\n", what, ok, err)
	}()
	f()
	fmt.Println("no panic:", what)
}

func wrap(s string, width int) (lines []string) {
	for len(s) > width {
		cut := strings.LastIndexByte(s[:width+1], ' ')
		if cut < 0 {
			cut = width
		}
		lines, s = append(lines, s[:cut]), strings.TrimLeft(s[cut:], " ")
	}
	return append(lines, s)
}

func isPalindrome(s string) bool {
	var clean strings.Builder
	for _, r := range strings.ToLower(s) {
		if 'a' <= r && r <= 'z' {
			clean.WriteRune(r)
		}
	}
	t := clean.String()
	for len(t) > 1 {
		if t[0] != t[len(t)-1] {
			return false
		}
		t = t[1 : len(t)-1]
	}
	return true
}

func rle(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j] == s[i] {
			j++
		}
		fmt.Fprintf(&out, "%d%c", j-i, s[i])
		i = j
	}
	return out.String()
}

func main() {
	s := "hello"
	var sink byte
	var cut string
	i, neg := 5, -1
	try("s[5]", func() { sink = s[i] })
	try("s[-1]", func() { sink = s[neg] })
	try("s[6:]", func() { cut = s[i+1:] })
	try("s[:9]", func() { cut = s[:i+4] })
	try("s[3:2]", func() { cut = s[i-2 : i-3] })
	try("s[-1:]", func() { cut = s[neg:] })
	try("empty[0]", func() { sink = ""[i-5] })
	try("Repeat", func() { cut = strings.Repeat(s, 1) })
	fmt.Println(sink, cut, s[i:] == "", s[:i], s[i:i] == s[0:0])
	func() {
		defer func() { fmt.Println(recover()) }()
		cut = strings.Repeat(s, neg)
	}()

	for _, line := range wrap("the quick brown fox jumps over a verylongwordindeed and stops", 12) {
		fmt.Printf("|%-12s|\n", line)
	}
	fmt.Println(isPalindrome("A man, a plan, a canal: Panama!"), isPalindrome("not one"), rle("aaabccdddd"))
}
