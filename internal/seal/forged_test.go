package seal_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/seal"
)

// expand is HKDF-Expand as P25 uses it.
func expand(t testing.TB, from []byte, name string, size int) []byte {
	t.Helper()
	out, err := hkdf.Expand(sha256.New, from, "farside wire "+name, size)
	check(t, err)
	return out
}

// record is the nth one with the keys of base, made of the parts that P25 names.
func record(t testing.TB, base []byte, n byte, body string) []byte {
	t.Helper()
	block, err := aes.NewCipher(expand(t, base, "key", 32))
	check(t, err)
	gcm, err := cipher.NewGCM(block)
	check(t, err)
	nonce := expand(t, base, "iv", 12)
	nonce[11] ^= n
	header := binary.BigEndian.AppendUint32(nil, uint32(len(body)+16))
	return gcm.Seal(slices.Clone(header), nonce, []byte(body), header)
}

func TestRecordsAsBytes(t *testing.T) {
	for way, near := range map[string]bool{"up": true, "down": false} {
		base := expand(t, secret, way, 32)
		want := append(record(t, base, 0, "first"), record(t, base, 1, "second")...)
		if got := sealed(t, near, "first", "second"); !bytes.Equal(got, want) {
			t.Errorf("%s: %x, and not %x", way, got, want)
		}
	}
	const always = "00000015bc52f60472ffd10506cad454843197c5ddbf54865d"
	if got := hex.EncodeToString(sealed(t, true, "first")); got != always {
		t.Errorf("it is %s now", got)
	}
}

// This side's records are shorter than those that it takes.
func TestLongestRecord(t *testing.T) {
	const most = 64 << 10
	base := expand(t, secret, "up", 32)
	for size, fits := range map[int]bool{most: true, most + 1: false} {
		body := strings.Repeat("x", size)
		if got, err := opened(record(t, base, 0, body)); (got == body && err == nil) != fits {
			t.Errorf("of %d bytes in a record came %d, %v", size, len(got), err)
		}
	}
}

const one, two, three = "the first one", "two", "three"

// wantRefused wants only what was sent before it was tampered with, and an error.
func wantRefused(t *testing.T, came []byte) {
	t.Helper()
	got, err := opened(came)
	if err == nil {
		t.Errorf("what was tampered with is taken: %q", got)
	}
	if !strings.HasPrefix(one+two+three, got) || len(got) == len(one+two+three) {
		t.Errorf("got %q", got)
	}
}

// S6
func TestFlippedBitAnywhere(t *testing.T) {
	whole := sealed(t, true, one, two, three)
	for i := range 8 * len(whole) {
		came := slices.Clone(whole)
		came[i/8] ^= 1 << (i % 8)
		wantRefused(t, came)
	}
}

// What comes whole but not in its place.
func TestRecordsOutOfPlace(t *testing.T) {
	r := recordsOf(sealed(t, true, one, two, three))
	for name, came := range map[string][][]byte{
		"replayed":       {r[0], r[0], r[1], r[2]},
		"replayed later": {r[0], r[1], r[2], r[0]},
		"reordered":      {r[1], r[0], r[2]},
		"left out":       {r[0], r[2]},
		"first left out": {r[1], r[2]},
		"reflected":      recordsOf(sealed(t, false, one, two, three)),
		"split":          {r[0], {0, 0, 0, 17}, r[1][4:21], r[2]},
		"empty":          {r[0], {0, 0, 0, 16}, make([]byte, 16), r[1]},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := opened(bytes.Join(came, nil))
			if err == nil || strings.Contains(err.Error(), "EOF") {
				t.Errorf("it is taken: %q, %v", got, err)
			}
			if !strings.HasPrefix(one+two+three, got) {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestOtherSecret(t *testing.T) {
	for _, other := range []string{"", "only both ends of a wire know iT"} {
		from := &tape{from: bytes.NewReader(sealed(t, true, one))}
		if got, err := io.ReadAll(seal.New(from, []byte(other), false)); err == nil || len(got) > 0 {
			t.Errorf("who has another secret reads %q, %v", got, err)
		}
	}
}

// A wire that is cut amid a record is no end, and one that is cut between two is: the
// end of a mux is said on the mux.
func TestCutAnywhere(t *testing.T) {
	whole := sealed(t, true, one, two, three)
	between, end := []int{0}, 0
	for _, r := range recordsOf(whole) {
		end += len(r)
		between = append(between, end)
	}
	for n := range len(whole) {
		got, err := opened(whole[:n])
		if amid := !slices.Contains(between, n); amid != (err == io.ErrUnexpectedEOF) || !amid && err != nil {
			t.Errorf("cut after %d bytes: %v", n, err)
		}
		if !strings.HasPrefix(one+two+three, got) {
			t.Errorf("cut after %d bytes: got %q", n, got)
		}
	}
}

func TestNothingIsReadBehindAForgedRecord(t *testing.T) {
	r := recordsOf(sealed(t, true, one, two, three))
	came := bytes.Join([][]byte{r[0], r[2], r[1], r[2]}, nil)
	c := seal.New(&tape{from: bytes.NewReader(came)}, secret, false)
	if got, err := io.ReadAll(c); string(got) != one || err == nil {
		t.Fatalf("got %q, %v", got, err)
	}
	if got, err := io.ReadAll(c); len(got) > 0 || err == nil {
		t.Errorf("read on it gives %q, %v", got, err)
	}
}

// The other side's word for how long a record is takes no memory.
func TestHeaderTakesNoMemory(t *testing.T) {
	for _, header := range []string{"\x00\x01\x00\x11", "\xff\xff\xff\xff", "HTTP/1.1 400 Bad Request"} {
		_, err := opened([]byte(header))
		if err == nil || !strings.Contains(err.Error(), "not farside") {
			t.Errorf("%q: %v", header, err)
		}
	}
	if _, err := opened([]byte("HTTP/1.1 400")); !strings.Contains(err.Error(), "HTTP/1.1 400") {
		t.Errorf("it does not say what came: %v", err)
	}
}

// After 65536 records the keys are others, at both ends, and what was sealed with the
// old ones is worth nothing.
func TestKeysChange(t *testing.T) {
	const perKey = 1 << 16
	to := &tape{}
	c := seal.New(to, secret, true)
	write := func(body string) []byte {
		to.to.Reset()
		_, err := c.Write([]byte(body))
		check(t, err)
		return slices.Clone(to.to.Bytes())
	}
	var before bytes.Buffer
	first := write("x")
	before.Write(first)
	for range perKey - 1 {
		before.Write(write("x"))
	}
	next := write("x")
	if want := record(t, expand(t, expand(t, secret, "up", 32), "next", 32), 0, "x"); !bytes.Equal(next, want) {
		t.Errorf("it is %x with the second key, and not %x", next, want)
	}
	all := strings.Repeat("x", perKey)
	if got, err := opened(append(slices.Clone(before.Bytes()), next...)); got != all+"x" || err != nil {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if got, err := opened(append(slices.Clone(before.Bytes()), first...)); got != all || err == nil {
		t.Errorf("a record of the first key is taken again: %d bytes, %v", len(got), err)
	}
}

// Whatever comes, nothing is read but what the other end wrote, in its order.
func FuzzWire(f *testing.F) {
	whole := sealed(f, true, one, two, three)
	f.Add(whole)
	f.Add(whole[:len(whole)-1])
	f.Add(append(slices.Clone(whole), whole...))
	f.Add([]byte("HTTP/1.1 400 Bad Request\r\n"))
	f.Fuzz(func(t *testing.T, came []byte) {
		got, err := opened(came)
		if !strings.HasPrefix(one+two+three, got) {
			t.Errorf("got %q", got)
		}
		if err == nil && !bytes.HasPrefix(whole, came) {
			t.Error("something else was taken")
		}
	})
}
