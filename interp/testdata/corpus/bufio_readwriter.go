//go:build ignore

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A chunked writer shows what reaches it.
type chunks struct {
	got  []string
	fail int
}

func (c *chunks) Write(p []byte) (int, error) {
	if c.fail--; c.fail == 0 {
		return 0, errors.New("write failed")
	}
	c.got = append(c.got, string(p))
	return len(p), nil
}

// The protocol of a small store: *n, then n times $len and the bytes.
func readCommand(r *bufio.Reader) (args []string, err error) {
	head, err := r.ReadString('\n')
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(head, "*")))
	if err != nil || head[0] != '*' {
		return nil, fmt.Errorf("bad header %q", head)
	}
	for range n {
		if b, err := r.ReadByte(); err != nil || b != '$' {
			return args, fmt.Errorf("want $, got %q %w", b, err)
		}
		line, isPrefix, err := r.ReadLine()
		if err != nil || isPrefix {
			return args, err
		}
		size, err := strconv.Atoi(string(line))
		if err != nil {
			return args, err
		}
		buf := make([]byte, size)
		if _, err := io.ReadFull(r, buf); err != nil {
			return args, err
		}
		if _, err := r.Discard(2); err != nil {
			return args, err
		}
		args = append(args, string(buf))
	}
	return args, nil
}

func writeCommand(w *bufio.Writer, args ...string) error {
	fmt.Fprintf(w, "*%d\r\n", len(args))
	for _, a := range args {
		w.WriteByte('$')
		w.WriteString(strconv.Itoa(len(a)))
		w.WriteString("\r\n" + a + "\r\n")
	}
	return w.Flush()
}

func main() {
	var wire bytes.Buffer
	w := bufio.NewWriter(&wire)
	fmt.Println(writeCommand(w, "SET", "key", "line 1\r\nline 2"), writeCommand(w, "GET", ""), writeCommand(w))
	wire.WriteString("oops\n")
	r := bufio.NewReader(&wire)
	for range 5 {
		args, err := readCommand(r)
		fmt.Printf("%q %v\n", args, err)
	}

	c := &chunks{}
	bw := bufio.NewWriterSize(c, 16)
	for _, s := range []string{"0123456789", "abcdef", "x", strings.Repeat("L", 20)} {
		n, err := bw.WriteString(s)
		fmt.Print(n, err, bw.Buffered(), bw.Available(), " ")
	}
	bw.WriteRune('é')
	fmt.Println(len(c.got), bw.Flush(), fmt.Sprintf("%q", c.got))
	bad := bufio.NewWriterSize(&chunks{fail: 1}, 16)
	fmt.Println(bad.WriteString("fits"))
	fmt.Println(bad.Flush(), bad.Flush())
	fmt.Println(bad.WriteString("more"))

	r = bufio.NewReaderSize(strings.NewReader("héllo wörld\nsecond line\nthe third line is longer\nend"), 16)
	peek, err := r.Peek(3)
	fmt.Printf("%q %v %d\n", peek, err, r.Buffered())
	ru, size, _ := r.ReadRune()
	ru2, size2, _ := r.ReadRune()
	fmt.Println(string(ru), size, string(ru2), size2, r.UnreadRune(), r.UnreadRune())
	rest, err := r.ReadBytes(' ')
	fmt.Printf("%q %v\n", rest, err)
	line, err := r.ReadString('\n')
	fmt.Printf("%q %v\n", line, err)
	sl, err := r.ReadSlice('l')
	fmt.Printf("%q %v\n", sl, err)
	line, _ = r.ReadString('\n')
	for {
		part, more, err := r.ReadLine()
		if err != nil {
			fmt.Println(err)
			break
		}
		fmt.Printf("%q %v ", part, more)
	}
	_, err = bufio.NewReaderSize(strings.NewReader("0123456789abcdefXYZ"), 16).ReadSlice('z')
	_, err2 := bufio.NewReader(strings.NewReader("ab")).Peek(5)
	fmt.Println(err, err2)
	r.Reset(strings.NewReader("again"))
	n, err := r.WriteTo(&wire)
	fmt.Println(n, err, wire.String())
	rw := bufio.NewReadWriter(bufio.NewReader(strings.NewReader("in\n")), bufio.NewWriter(c))
	text, _ := rw.ReadString('\n')
	rw.WriteString("out:" + text)
	rw.Writer.Flush()
	fmt.Printf("%q\n", c.got[len(c.got)-1])
	b, _ := bufio.NewReader(strings.NewReader("xy")).ReadByte()
	r.Reset(strings.NewReader("12 34\n56"))
	sum, v := 0, 0
	for {
		if _, err := fmt.Fscan(r, &v); err != nil {
			break
		}
		sum += v
	}
	fmt.Println(string(b), sum)
}
