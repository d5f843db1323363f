//go:build ignore

package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

type csvish string

func (c csvish) fields() []string { return strings.Split(string(c), ",") }

func camel(s string) string {
	var b strings.Builder
	up := false
	for i, r := range s {
		switch {
		case r == '_' || r == '-' || r == ' ':
			up = i > 0
		case up:
			b.WriteRune(unicode.ToUpper(r))
			up = false
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

func snake(s string) string {
	return strings.TrimLeft(strings.Map(func(r rune) rune { return r }, strings.ToLower(strings.Join(split(s), "_"))), "_")
}

func split(s string) (parts []string) {
	start := 0
	for i, r := range s {
		if unicode.IsUpper(r) && i > start {
			parts, start = append(parts, s[start:i]), i
		}
	}
	return append(parts, s[start:])
}

func levenshtein(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	prev := make([]int, len(rb)+1)
	for j := range prev {
		prev[j] = j
	}
	for i, x := range ra {
		cur := []int{i + 1}
		for j, y := range rb {
			cost := 1
			if x == y {
				cost = 0
			}
			cur = append(cur, min(prev[j+1]+1, cur[j]+1, prev[j]+cost))
		}
		prev = cur
	}
	return prev[len(rb)]
}

func main() {
	s := "The quick brown fox, the lazy dog"
	fmt.Println(strings.Contains(s, "fox"), strings.ContainsAny(s, "xyz"), strings.ContainsRune(s, 'q'), strings.HasPrefix(s, "The"), strings.HasSuffix(s, "cat"), strings.ContainsFunc(s, unicode.IsDigit))
	fmt.Println(strings.Index(s, "the"), strings.LastIndex(s, "o"), strings.IndexByte(s, 'z'), strings.IndexAny(s, "zq"), strings.IndexFunc(s, unicode.IsPunct), strings.IndexRune(s, 'ß'), strings.Count(s, "o"), strings.Count("abc", ""))
	fmt.Printf("%q %q %q %q\n", strings.Split("a,b,,c", ","), strings.SplitN("a,b,c", ",", 2), strings.SplitAfter("a,b", ","), strings.Split("héy", ""))
	fmt.Printf("%q %q %q %q\n", strings.Split("", ","), strings.Fields("  a \t b\n"), strings.FieldsFunc("a1b22c", unicode.IsDigit), csvish("x,y").fields())
	fmt.Println(strings.Join([]string{"a", "b", "c"}, "-"), strings.Repeat("=", 5), strings.Replace("aaaa", "a", "b", 2), strings.ReplaceAll("abab", "ab", ""), strings.ReplaceAll("ab", "", "."))
	fmt.Println(strings.ToUpper("straße ǆ"), strings.ToLower("ÀÉ"), strings.Title("two words"), strings.ToTitle("ǆ"), strings.EqualFold("Straße", "STRASSE"), strings.EqualFold("Σ", "ς"))
	fmt.Printf("%q %q %q %q %q %q\n", strings.TrimSpace(" \t x \n"), strings.Trim("xxhixx", "x"), strings.TrimLeft("xyxa", "xy"), strings.TrimRight("abc...", "."), strings.TrimPrefix("prefix-a", "prefix-"), strings.TrimFunc("12ab34", unicode.IsDigit))
	k, v, ok := strings.Cut("key=value=x", "=")
	p, okP := strings.CutPrefix("v1.2", "v")
	q, okQ := strings.CutSuffix("file.go", ".txt")
	fmt.Println(k, v, ok, p, okP, q, okQ, strings.Compare("a", "b"))
	vowels := 0
	out := strings.Map(func(r rune) rune {
		if strings.ContainsRune("aeiou", r) {
			vowels++
			return -1
		}
		return unicode.ToUpper(r)
	}, s)
	fmt.Println(out, vowels)
	rep := strings.NewReplacer("<", "&lt;", ">", "&gt;", "aaa", "3", "a", "1", "i", "", "", "never")
	fmt.Println(rep.Replace("<aaa> aa <i>"), strings.NewReplacer("a", "b", "b", "a").Replace("abba"), strings.NewReplacer("", "-").Replace("xy"))
	rep.WriteString(io.Discard, "x")

	var b strings.Builder
	for i := 3; i > 0; i-- {
		fmt.Fprintf(&b, "%d...", i)
	}
	b.WriteString("lift")
	b.WriteByte('-')
	b.WriteRune('ö')
	b.Grow(64)
	first := b.String()
	b.WriteString("ff")
	fmt.Println(first, b.String(), b.Len(), b.Cap() >= 64)
	b.Reset()
	fmt.Println(b.Len(), b.String() == "")
	func() {
		defer func() { fmt.Println(recover()) }()
		b.WriteString("x")
		c := copied{b: b}
		c.b.WriteString("y")
	}()
	r := strings.NewReader("read me")
	ch, size, _ := r.ReadRune()
	r.UnreadRune()
	r.Seek(5, io.SeekStart)
	rest, _ := io.ReadAll(r)
	n, err := r.ReadAt(make([]byte, 3), 6)
	fmt.Println(string(ch), size, string(rest), r.Len(), r.Size(), n, err)
	fmt.Println(camel("snake_case_name"), camel("Two words"), snake("CamelCaseName"), snake("x"))
	fmt.Println(levenshtein("kitten", "sitting"), levenshtein("", "abc"), levenshtein("größe", "grösse"))
	for part := range strings.SplitSeq("a-b-c", "-") {
		fmt.Print(part, ";")
	}
	fmt.Println(strings.ToValidUTF8("a\xffb", "?"), strings.LastIndexAny("abc", "xb"), strings.IndexFunc("abc", func(r rune) bool { return r > 'b' }), strings.Clone("c"))
}

type copied struct{ b strings.Builder }
