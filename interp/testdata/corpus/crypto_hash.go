//go:build ignore

package main

import (
	"bytes"
	"crypto"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"hash/adler32"
	"hash/crc32"
	"hash/crc64"
	"hash/fnv"
	"io"
	"sort"
	"strings"
)

// A djb is a hash of our own that fits where the library's do.
type djb uint32

func newDJB() hash.Hash32 { h := djb(5381); return &h }
func (d *djb) Write(p []byte) (int, error) {
	for _, c := range p {
		*d = *d*33 + djb(c)
	}
	return len(p), nil
}
func (d *djb) Sum32() uint32 { return uint32(*d) }
func (d *djb) Sum(b []byte) []byte {
	return append(b, byte(*d>>24), byte(*d>>16), byte(*d>>8), byte(*d))
}
func (d *djb) Reset()         { *d = 5381 }
func (d *djb) Size() int      { return 4 }
func (d *djb) BlockSize() int { return 1 }

type claims struct {
	Sub string `json:"sub"`
	Exp int    `json:"exp"`
}

var errToken = errors.New("bad token")

func sign(key []byte, v any) (string, error) {
	body, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	head := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256"}`)) + "." + base64.RawURLEncoding.EncodeToString(body)
	mac := hmac.New(sha256.New, key)
	io.WriteString(mac, head)
	return head + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)), nil
}

func verify(key []byte, token string, v any) error {
	at := strings.LastIndexByte(token, '.')
	if at < 0 {
		return fmt.Errorf("%w: no dot", errToken)
	}
	sig, err := base64.RawURLEncoding.DecodeString(token[at+1:])
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(token[:at]))
	if err != nil || !hmac.Equal(sig, mac.Sum(nil)) {
		return fmt.Errorf("%w: signature", errToken)
	}
	_, body, _ := strings.Cut(token[:at], ".")
	return json.NewDecoder(base64.NewDecoder(base64.RawURLEncoding, strings.NewReader(body))).Decode(v)
}

// root is the hash of a tree of hashes.
func root(leaves ...string) []byte {
	level := make([][]byte, len(leaves))
	for i, l := range leaves {
		s := sha256.Sum256([]byte(l))
		level[i] = s[:]
	}
	for len(level) > 1 {
		var next [][]byte
		for i := 0; i < len(level); i += 2 {
			h := sha256.New()
			h.Write(level[i])
			h.Write(level[min(i+1, len(level)-1)])
			next = append(next, h.Sum(nil))
		}
		level = next
	}
	return level[0]
}

func main() {
	hashes := map[string]hash.Hash{"md5": md5.New(), "sha1": sha1.New(), "sha256": sha256.New(), "sha512": sha512.New(), "sha384": sha512.New384(), "fnv32a": fnv.New32a(), "fnv64": fnv.New64(),
		"crc32": crc32.NewIEEE(), "castagnoli": crc32.New(crc32.MakeTable(crc32.Castagnoli)), "crc64": crc64.New(crc64.MakeTable(crc64.ISO)), "adler": adler32.New(), "djb": newDJB()}
	names := make([]string, 0, len(hashes))
	writers := make([]io.Writer, 0, len(hashes))
	for n, h := range hashes {
		names = append(names, n)
		writers = append(writers, h)
	}
	sort.Strings(names)
	n, err := io.Copy(io.MultiWriter(writers...), strings.NewReader("The quick brown fox jumps over the lazy dog"))
	fmt.Println(n, err)
	for _, n := range names {
		h := hashes[n]
		fmt.Printf("%-10s %d %d %x\n", n, h.Size(), h.BlockSize(), h.Sum(nil))
	}
	h := sha256.New()
	h.Write([]byte("part "))
	first := h.Sum([]byte{0xff})
	h.Write([]byte("two"))
	whole := sha256.Sum256([]byte("part two"))
	fmt.Println(len(first), bytes.Equal(h.Sum(nil), whole[:]), hex.EncodeToString(whole[:4]), crypto.SHA256, crypto.SHA256.Size(), crypto.SHA512.New().Size(), crypto.MD5.Available())
	h.Reset()
	fmt.Printf("%x %x\n", h.Sum(nil)[:4], sha1.Sum(nil))

	key := []byte("secret")
	token, err := sign(key, claims{"ann", 99})
	fmt.Println(token, err)
	var c claims
	fmt.Println(verify(key, token, &c), c)
	for _, bad := range []string{token + "x", strings.Replace(token, "e", "f", 1), "nodot", token[:len(token)-2]} {
		fmt.Println(verify(key, bad, &c))
	}
	fmt.Println(errors.Is(verify([]byte("other"), token, &c), errToken))
	mac := hmac.New(md5.New, bytes.Repeat([]byte("k"), 100))
	mac.Write([]byte("data"))
	fmt.Printf("%x %d\n", mac.Sum(nil), subtle.ConstantTimeCompare([]byte("a"), []byte("a")))
	own := hmac.New(func() hash.Hash { return newDJB() }, []byte("key"))
	own.Write([]byte("own"))
	fmt.Printf("%x\n", own.Sum(nil))
	fmt.Printf("%x %v\n", root("a", "b", "c")[:8], bytes.Equal(root("a", "b", "c"), root("a", "b", "c", "c")))
	fmt.Println(crc32.ChecksumIEEE([]byte("hello")), crc32.Update(0, crc32.IEEETable, []byte("hello")), adler32.Checksum([]byte("hello")))
}
