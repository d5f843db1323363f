//go:build ignore

package main

import (
	"fmt"
	"unicode/utf8"
)

type word string

func (w word) reversed() word {
	r := []rune(w)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return word(r)
}

func main() {
	s := "aé世\U0001F600z"
	fmt.Println(len(s), utf8.RuneCountInString(s), len([]rune(s)), len([]byte(s)))
	for i, r := range s {
		fmt.Printf("%d:%c/%U/%d ", i, r, r, utf8.RuneLen(r))
	}
	fmt.Println()
	for i := range len(s) {
		fmt.Printf("%02x ", s[i])
	}
	fmt.Println(s[0], s[1], string(s[0]), string(s[1]), s[1:3], s[3:6] == "世")

	// What is not UTF-8 is walked byte by byte.
	broken := "a\xffb\xc3\xe4\xb8z\xed\xa0\x80"
	for i, r := range broken {
		fmt.Print(i, ":", r, " ")
	}
	fmt.Printf("\n%q %+q %x %v\n", broken, s, broken, utf8.ValidString(broken))
	runes := []rune(broken)
	fmt.Println(len(runes), string(runes) == broken, len(string(runes)), []byte(string(runes[1])))

	fmt.Println(string(rune(65)), string(rune(0x4e16)), string(rune(-1)) == "\uFFFD", string(rune(0xd800)), string(rune(1<<22)))
	fmt.Println(string([]rune{72, 228, 0x1F600, -5}), string([]byte{104, 105}), string([]byte(nil)) == "")
	fmt.Println(word("Grüße, 世界").reversed(), word(s).reversed().reversed() == word(s))

	var count [128]int
	for _, r := range "hello world" {
		count[r]++
	}
	fmt.Println(count['l'], count['o'], count[' '], count['z'])

	type alias = []byte
	type octets []byte
	b := octets("abc")
	b[0]++
	fmt.Println(string(b), word(b), alias(b), string(b[:2])+"!", len("日本"), "日本"[3:])

	for i := range "ab" {
		fmt.Print(i)
	}
	for range "né" {
		fmt.Print(".")
	}
	for i, r := range []byte("é") {
		fmt.Print(" ", i, r)
	}
	fmt.Println()
	var last rune
	for _, last = range "xyz" {
	}
	c := "const"[2]
	r, size := utf8.DecodeRuneInString(s[1:])
	fmt.Println(string(last), c, string(c), string(r), size, 'é' == '\u00e9', "é" == "e\u0301", `raw\n`+"\x6e")
}
