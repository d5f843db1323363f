package stdio_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/farside-go/farside/internal/stdio"
)

// writes keeps each write by itself.
type writes struct {
	all []string
	err error
}

func (w *writes) Write(p []byte) (int, error) {
	w.all = append(w.all, string(p))
	return len(p), w.err
}

func TestLinesArePassedOnWhole(t *testing.T) {
	for name, c := range map[string]struct{ in, want []string }{
		"one line":           {[]string{"a\n"}, []string{"a\n"}},
		"lines in one write": {[]string{"a\nb\n\n"}, []string{"a\nb\n\n"}},
		"a line in pieces":   {[]string{"a", "b", "c\nd"}, []string{"abc\n", "d\n"}},
		"pieces and lines":   {[]string{"a\nb", "\nc\n"}, []string{"a\n", "b\nc\n"}},
		"no end":             {[]string{"a"}, []string{"a\n"}},
		"nothing":            {[]string{"", ""}, nil},
		"only an end":        {[]string{"a", "\n"}, []string{"a\n"}},
		"crlf":               {[]string{"a\r", "\n"}, []string{"a\r\n"}},
	} {
		var got writes
		w := stdio.NewLineWriter(&got, "", new(sync.Mutex))
		for _, p := range c.in {
			if n, err := w.Write([]byte(p)); n != len(p) || err != nil {
				t.Errorf("%s: %d, %v", name, n, err)
			}
		}
		w.Flush()
		w.Flush()
		if strings.Join(got.all, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s: got %q, want %q", name, got.all, c.want)
		}
	}
}

func TestEveryLineIsTagged(t *testing.T) {
	var got writes
	w := stdio.NewLineWriter(&got, "[x] ", new(sync.Mutex))
	w.Write([]byte("a\n\nb\nc"))
	w.Flush()
	if text := strings.Join(got.all, ""); text != "[x] a\n[x] \n[x] b\n[x] c\n" {
		t.Errorf("got %q", text)
	}
}

// What has no line ends must not pile up, and must not be lost.
func TestEndlessLineIsBounded(t *testing.T) {
	var got writes
	w := stdio.NewLineWriter(&got, "", new(sync.Mutex))
	const chunk, n = 10_000, 100
	for range n {
		w.Write([]byte(strings.Repeat("x", chunk)))
	}
	before := len(strings.Join(got.all, ""))
	if before < chunk*n-(64<<10) {
		t.Errorf("%d bytes of %d are still held back", chunk*n-before, chunk*n)
	}
	w.Flush()
	if text := strings.Join(got.all, ""); text != strings.Repeat("x", chunk*n)+"\n" {
		t.Errorf("%d bytes came through", len(text))
	}
}

func TestErrorOfTheWriterIsTold(t *testing.T) {
	full := errors.New("full")
	w := stdio.NewLineWriter(&writes{err: full}, "", new(sync.Mutex))
	if _, err := w.Write([]byte("a\n")); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	w.Write([]byte("b"))
	if err := w.Flush(); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

// Two writers to one destination mix only between lines.
func TestWritersShareADestination(t *testing.T) {
	var got writes
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, word := range []string{"aaaa", "bbbb"} {
		w := stdio.NewLineWriter(&got, "", &mu)
		wg.Go(func() {
			for range 500 {
				w.Write([]byte(word[:2]))
				w.Write([]byte(word[2:] + "\n"))
			}
		})
	}
	wg.Wait()
	for line := range strings.Lines(strings.Join(got.all, "")) {
		if line != "aaaa\n" && line != "bbbb\n" {
			t.Fatalf("a mixed line: %q", line)
		}
	}
	if len(got.all) != 1000 {
		t.Errorf("%d lines", len(got.all))
	}
}
