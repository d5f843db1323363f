//go:build ignore

package main

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

type classes []string

func classify(r rune) (c classes) {
	for _, k := range []struct {
		name string
		is   func(rune) bool
	}{{"letter", unicode.IsLetter}, {"upper", unicode.IsUpper}, {"lower", unicode.IsLower}, {"title", unicode.IsTitle}, {"digit", unicode.IsDigit}, {"number", unicode.IsNumber},
		{"space", unicode.IsSpace}, {"punct", unicode.IsPunct}, {"symbol", unicode.IsSymbol}, {"control", unicode.IsControl}, {"mark", unicode.IsMark}, {"print", unicode.IsPrint}, {"graphic", unicode.IsGraphic}} {
		if k.is(r) {
			c = append(c, k.name)
		}
	}
	return
}

func decode(b []byte) (runes []rune, bad int) {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			runes = append(runes, r)
		}
		b = b[size:]
	}
	return
}

func reverseGraphemes(s string) string {
	var clusters []string
	for _, r := range s {
		if unicode.Is(unicode.Mn, r) && len(clusters) > 0 {
			clusters[len(clusters)-1] += string(r)
			continue
		}
		clusters = append(clusters, string(r))
	}
	for i, j := 0, len(clusters)-1; i < j; i, j = i+1, j-1 {
		clusters[i], clusters[j] = clusters[j], clusters[i]
	}
	return strings.Join(clusters, "")
}

func caesar(s string, by int) string {
	shift := func(r, base rune) rune { return base + (r-base+rune(by)%26+26)%26 }
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return shift(r, 'a')
		case 'A' <= r && r <= 'Z':
			return shift(r, 'A')
		}
		return r
	}, s)
}

var vowels = &unicode.RangeTable{R16: []unicode.Range16{{'a', 'a', 1}, {'e', 'e', 1}, {'i', 'i', 1}, {'o', 'u', 6}}, LatinOffset: 4}

func main() {
	for _, r := range "Aß1½ \t.+ǅ世\u0301\u00a0\x01٣€" {
		fmt.Printf("%U %s\n", r, strings.Join(classify(r), ","))
	}
	fmt.Println(string(unicode.ToUpper('ß')), string(unicode.ToLower('Σ')), string(unicode.ToTitle('ǆ')), string(unicode.SimpleFold('K')), string(unicode.SimpleFold('k')), unicode.To(unicode.UpperCase, 'é') == 'É')
	fmt.Println(unicode.Is(unicode.Han, '世'), unicode.In('α', unicode.Latin, unicode.Greek), unicode.Is(unicode.Cyrillic, 'x'), unicode.IsOneOf([]*unicode.RangeTable{unicode.Letter, unicode.Nd}, '5'))
	count := 0
	for _, r := range "the quick brown fox" {
		if unicode.Is(vowels, r) {
			count++
		}
	}
	fmt.Println(count, unicode.Is(unicode.Categories["Lu"], 'A'), unicode.Is(unicode.Scripts["Arabic"], '٣'), unicode.MaxRune, unicode.ReplacementChar)

	text := []byte("a\xc3\xa9\xe4\xb8\x96\xf0\x9f\x98\x80\xff\xc3\xed\xa0\x80")
	runes, bad := decode(text)
	fmt.Println(string(runes), bad, utf8.Valid(text), utf8.RuneCount(text), utf8.FullRune(text[3:5]), utf8.FullRune(text[1:3]))
	last, size := utf8.DecodeLastRuneInString("x世")
	fmt.Println(string(last), size, utf8.RuneLen('é'), utf8.RuneLen(-1), utf8.RuneLen(0xd800), utf8.ValidRune(0x10ffff), utf8.RuneStart(0x96), utf8.UTFMax)
	buf := make([]byte, 4)
	n := utf8.EncodeRune(buf, '€')
	fmt.Println(buf[:n], string(utf8.AppendRune([]byte("x"), 0x1F600)), utf8.AppendRune(nil, -1))

	u := utf16.Encode([]rune("a世😀"))
	hi, lo := utf16.EncodeRune('😀')
	fmt.Printf("%x %s %x %x %c %v\n", u, string(utf16.Decode(u)), hi, lo, utf16.DecodeRune(hi, lo), utf16.IsSurrogate(hi))
	fmt.Println(string(utf16.Decode([]uint16{0xd83d, 'x', 0xde00})), utf16.RuneLen('😀'))
	fmt.Printf("%q %q\n", reverseGraphemes("ne\u0301e"), reverseGraphemes("abc"))
	secret := caesar("Hello, World!", 3)
	fmt.Println(secret, caesar(secret, -3), caesar("xyz", 29))
	var b strings.Builder
	special := unicode.TurkishCase
	for _, r := range "iI" {
		b.WriteRune(special.ToUpper(r))
		b.WriteRune(special.ToLower(r))
	}
	fmt.Println(b.String(), strings.ToUpperSpecial(special, "istanbul"), strings.EqualFold("K", "\u212a"))
	for i, w := 0, 0; i < len("aé世"); i += w {
		var r rune
		r, w = utf8.DecodeRuneInString("aé世"[i:])
		fmt.Print(i, string(r), w, " ")
	}
	fmt.Println()
}
