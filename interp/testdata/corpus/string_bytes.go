//go:build ignore

package main

import (
	"bytes"
	"fmt"
)

type key [4]byte

func mutate(b []byte) string {
	s := string(b)
	for i := range b {
		b[i] = '*'
	}
	return s
}

func main() {
	// Conversions copy: neither side sees what happens to the other.
	s := "immutable"
	b := []byte(s)
	b[0], b[1] = 'I', 'M'
	t := string(b)
	b[2] = '?'
	fmt.Println(s, string(b), t)
	fmt.Println(mutate(b), string(b))

	b = append(b[:0], "text that is appended"...)
	n := copy(b[5:], "THAT")
	fmt.Println(n, string(b), len(b))
	n = copy(b, s[2:])
	fmt.Println(n, string(b[:n]))
	fmt.Println(copy(b[:3], "abcdef"), string(b[:4]))

	// Keys made of bytes are compared by what they hold.
	m := map[string]int{}
	for _, w := range bytes.Fields([]byte("a b a c b a")) {
		m[string(w)]++
	}
	fmt.Println(m, m["a"] == 3)
	var k key
	copy(k[:], "four")
	byKey := map[key]string{k: "found"}
	k[0] = 'F'
	fmt.Println(byKey[k] == "", byKey[key([]byte("four"))], string(k[:]))

	// Comparison goes byte by byte.
	fmt.Println("a" < "b", "a" < "B", "abc" < "abd", "ab" < "abc", "" < "a", "é" > "z", "10" < "9", "a\x00" > "a")
	fmt.Println(bytes.Equal([]byte("x"), []byte{'x'}), bytes.Compare([]byte("a"), nil), string([]byte{0xff}) > "\U0010ffff")

	long := ""
	for i := 0; i < 10; i++ {
		long += string(rune('0' + i))
		long = "<" + long + ">"
	}
	fmt.Println(long, len(long))
	sub := long[10:20]
	long = "gone"
	fmt.Println(sub, long[1:], long[:0] == "", long[4:] == "", long[1:3])

	switch w := string(b[:2]); {
	case w == "ab":
		fmt.Println("ab")
	default:
		fmt.Println("other:", w)
	}
	p := &s
	*p += "!"
	q := *p
	*p = *p + *p
	fmt.Println(s, q, len(*p))

	upper := func(b []byte) []byte {
		out := b[:0] // writes over what it reads
		for _, c := range b {
			if 'a' <= c && c <= 'z' {
				out = append(out, c-'a'+'A')
			}
		}
		return out
	}
	src := []byte("a1b2c3")
	fmt.Println(string(upper(src)), string(src))
	var array [5]byte
	copy(array[1:], "xyz")
	fmt.Printf("%q %v %s|%x|% X|%#x\n", array, array[:3], array[1:4], "hi", "hi", []byte("hi"))
	defer func() { fmt.Println(recover()) }()
	i := 9
	fmt.Println("short"[i%4], "short"[i:])
}
