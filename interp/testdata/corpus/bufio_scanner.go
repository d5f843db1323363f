//go:build ignore

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// splitCSV is a split function: it gives fields, with quotes taken off.
func splitCSV(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if atEOF && len(data) == 0 {
		return 0, nil, nil
	}
	if data[0] == '"' {
		if end := bytes.IndexByte(data[1:], '"'); end >= 0 {
			advance = end + 2
			if advance < len(data) && (data[advance] == ',' || data[advance] == '\n') {
				advance++
			}
			return advance, data[1 : end+1], nil
		}
		if atEOF {
			return 0, nil, errors.New("quote is not closed")
		}
		return 0, nil, nil
	}
	if i := bytes.IndexAny(data, ",\n"); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF {
		return len(data), data, bufio.ErrFinalToken
	}
	return 0, nil, nil
}

type tokenizer struct{ stop string }

func (t *tokenizer) split(data []byte, atEOF bool) (int, []byte, error) {
	start := 0
	for start < len(data) && unicode.IsSpace(rune(data[start])) {
		start++
	}
	if start == len(data) {
		return start, nil, nil
	}
	end := start + 1
	if unicode.IsLetter(rune(data[start])) {
		for end < len(data) && unicode.IsLetter(rune(data[end])) {
			end++
		}
		if end == len(data) && !atEOF {
			return start, nil, nil
		}
	}
	tok := data[start:end]
	if string(tok) == t.stop {
		return end, nil, bufio.ErrFinalToken
	}
	return end, tok, nil
}

// slow gives one byte for each Read.
type slow struct{ io.Reader }

func (s slow) Read(p []byte) (int, error) { return s.Reader.Read(p[:min(1, len(p))]) }

func scan(r io.Reader, split bufio.SplitFunc) (out []string, err error) {
	sc := bufio.NewScanner(r)
	if split != nil {
		sc.Split(split)
	}
	for sc.Scan() {
		out = append(out, sc.Text())
	}
	return out, sc.Err()
}

func show(out []string, err error) { fmt.Printf("%q %v\n", out, err) }

func main() {
	show(scan(strings.NewReader("a\nb\r\n\nlast"), nil))
	show(scan(strings.NewReader("  some   words\n here "), bufio.ScanWords))
	show(scan(strings.NewReader("hé\xff!"), bufio.ScanRunes))
	show(scan(strings.NewReader("ab"), bufio.ScanBytes))
	show(scan(strings.NewReader(""), nil))
	show(scan(slow{strings.NewReader("x,\"y,z\",w\n\"q\"\nend")}, splitCSV))
	show(scan(slow{strings.NewReader("ok,\"open")}, splitCSV))
	show(scan(strings.NewReader("if x+yz (go) stop not seen"), (&tokenizer{"stop"}).split))
	show(scan(slow{strings.NewReader("word")}, (&tokenizer{}).split))
	show(scan(io.MultiReader(strings.NewReader("before\n"), errReader{}), nil))

	sc := bufio.NewScanner(strings.NewReader("short\n" + strings.Repeat("long ", 10) + "\n"))
	sc.Buffer(make([]byte, 0, 8), 16)
	for sc.Scan() {
		fmt.Println("got", sc.Text())
	}
	fmt.Println(sc.Err(), errors.Is(sc.Err(), bufio.ErrTooLong))

	sc = bufio.NewScanner(strings.NewReader("k1=v1\n# comment\n\nk2 = v2 # no\nbad line\n"))
	conf, line := map[string]string{}, 0
	for sc.Scan() {
		line++
		text, _, _ := strings.Cut(sc.Text(), "#")
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		k, v, ok := strings.Cut(text, "=")
		if !ok {
			fmt.Printf("line %d: no = in %q\n", line, text)
			continue
		}
		conf[strings.TrimSpace(k)] = strings.TrimSpace(v)
	}
	fmt.Println(conf, line)

	for _, f := range []bufio.SplitFunc{
		func([]byte, bool) (int, []byte, error) { return -1, nil, nil },
		func(d []byte, _ bool) (int, []byte, error) { return len(d) + 1, nil, nil },
		func([]byte, bool) (int, []byte, error) { return 0, nil, errors.New("own error") },
	} {
		show(scan(strings.NewReader("abc"), f))
	}
	counts := map[int]int{}
	sc = bufio.NewScanner(strings.NewReader(strings.Repeat("a bb ccc ", 50)))
	sc.Split(bufio.ScanWords)
	for sc.Scan() {
		counts[len(sc.Bytes())]++
	}
	fmt.Println(counts)
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }
