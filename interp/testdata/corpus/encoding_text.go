//go:build ignore

package main

import (
	"bytes"
	"encoding"
	"encoding/ascii85"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

type key [4]byte

func (k key) String() string               { return hex.EncodeToString(k[:]) }
func (k key) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, k[:]), nil }
func (k *key) UnmarshalText(b []byte) error {
	if hex.DecodedLen(len(b)) != len(k) {
		return fmt.Errorf("key of %d digits", len(b))
	}
	_, err := hex.Decode(k[:], b)
	return err
}
func (k key) AppendText(b []byte) ([]byte, error) { return hex.AppendEncode(b, k[:]), nil }

type blob []byte

func (b blob) MarshalJSON() ([]byte, error) { return json.Marshal("hex:" + hex.EncodeToString(b)) }

// A line breaker puts a newline after every n bytes.
type breaker struct {
	w    io.Writer
	n, k int
}

func (b *breaker) Write(p []byte) (total int, err error) {
	for len(p) > 0 {
		n := min(b.n-b.k, len(p))
		if _, err = b.w.Write(p[:n]); err != nil {
			return
		}
		total, b.k, p = total+n, b.k+n, p[n:]
		if b.k == b.n {
			b.w.Write([]byte{'\n'})
			b.k = 0
		}
	}
	return
}

func main() {
	text := "hällo, wörld? >~~<"
	data := []byte(text)
	for name, e := range map[string]*base64.Encoding{"only": base64.StdEncoding} {
		fmt.Println(name, e.EncodeToString(data), e.EncodedLen(len(data)))
	}
	for _, e := range []*base64.Encoding{base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding, base64.StdEncoding.WithPadding('*')} {
		s := e.EncodeToString(data[:13])
		back, err := e.DecodeString(s)
		fmt.Println(s, string(back) == string(data[:13]), err)
	}
	for _, bad := range []string{"aGk", "aGk=", "aG k=", "a===", "aGk=\n", "????", "aGl=", ""} {
		b, err := base64.StdEncoding.DecodeString(bad)
		_, err2 := base64.StdEncoding.Strict().DecodeString(bad)
		var ce base64.CorruptInputError
		fmt.Printf("%q %v %v %v; ", b, err, errors.As(err, &ce), err2 == nil)
	}
	fmt.Println()
	w := base64.NewEncoder(base64.StdEncoding, &breaker{w: os.Stdout, n: 20})
	for _, part := range strings.SplitAfter(strings.Repeat("some text to encode ", 3), " ") {
		io.WriteString(w, part)
	}
	w.Close()
	r := base64.NewDecoder(base64.StdEncoding, strings.NewReader("c29t\r\nZSB0\nZXh0"))
	b, err := io.ReadAll(r)
	fmt.Println("\n", string(b), err)

	fmt.Println(hex.EncodeToString(data[:6]), hex.EncodedLen(3))
	for _, h := range []string{"cafe", "CAFE", "caf", "zz", ""} {
		b, err := hex.DecodeString(h)
		fmt.Print(b, " ", err, "; ")
	}
	fmt.Println()
	fmt.Print(hex.Dump([]byte("0123456789abcdef\x00\xff~")))
	d := hex.Dumper(os.Stdout)
	d.Write([]byte("in "))
	d.Write([]byte("parts"))
	d.Close()
	fmt.Println(base32.StdEncoding.EncodeToString([]byte("foobar")), base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString([]byte("foo")))
	buf := make([]byte, ascii85.MaxEncodedLen(7))
	n := ascii85.Encode(buf, []byte("ascii85"))
	fmt.Println(string(buf[:n]))

	block := &pem.Block{Type: "TEST DATA", Headers: map[string]string{"Name": "x", "Proc-Type": "4"}, Bytes: bytes.Repeat([]byte{1, 2, 3}, 20)}
	pem.Encode(os.Stdout, block)
	enc := append([]byte("junk before\n"), pem.EncodeToMemory(block)...)
	got, rest := pem.Decode(append(enc, "after"...))
	none, _ := pem.Decode([]byte("-----BEGIN X-----\n"))
	fmt.Println(got.Type, got.Headers["Name"], len(got.Bytes), string(rest), none == nil)

	k := key{0xde, 0xad, 0xbe, 0xef}
	var tm encoding.TextMarshaler = k
	var tu encoding.TextUnmarshaler = &key{}
	var ta encoding.TextAppender = k
	out, _ := tm.MarshalText()
	app, _ := ta.AppendText([]byte("k="))
	fmt.Println(string(out), tu.UnmarshalText(out), tu, string(app), tu.UnmarshalText([]byte("abc")), tu.UnmarshalText([]byte("zzzzzzzz")))
	j, err := json.Marshal(map[key][]any{k: {k, blob("hi"), []byte("hi"), [2]byte{1, 2}, json.RawMessage(`{"r":1}`)}})
	fmt.Println(string(j), err)
	var m map[key]key
	fmt.Println(json.Unmarshal([]byte(`{"00010203":"ffffffff"}`), &m), m)
}
