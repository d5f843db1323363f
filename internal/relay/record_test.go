package relay_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/farside-go/farside/internal/relay"
)

// P18: the records as bytes, so that two sides cannot be wrong in the same way.
func TestRecordsAsBytes(t *testing.T) {
	var b bytes.Buffer
	w := relay.NewWriter(&b)
	w.Write([]byte("ab"))
	w.Record(relay.KindOutput, []byte("\x02x"))
	w.Record(relay.KindTook, []byte{2})
	w.End("why")
	want := "\x01\x00\x00\x02ab" + "\x03\x00\x00\x02\x02x" + "\x04\x00\x00\x01\x02" + "\x02\x00\x00\x03why"
	if b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

// P18: a stream has no records of its own, so its bytes may be cut anywhere.
func TestWireBytesComeWhole(t *testing.T) {
	for _, size := range []int{0, 1, 64<<10 - 1, 64 << 10, 64<<10 + 1, 300_000} {
		var b bytes.Buffer
		w, want := relay.NewWriter(&b), bytes.Repeat([]byte("0123456789"), size/10+1)[:size]
		if n, err := w.Write(want); n != size || err != nil {
			t.Fatalf("wrote %d of %d bytes, %v", n, size, err)
		}
		check(t, w.End(""))
		got, err := io.ReadAll(relay.NewReader(iotest.HalfReader(&b)))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("of %d bytes came %d, %v", size, len(got), err)
		}
	}
}

// broken takes some bytes and no more.
type broken struct{ left int }

func (b *broken) Write(p []byte) (int, error) {
	n := min(len(p), b.left)
	if b.left -= n; n < len(p) {
		return n, io.ErrClosedPipe
	}
	return n, nil
}

func TestWriterTellsThatItIsBroken(t *testing.T) {
	w := relay.NewWriter(&broken{left: 100_000})
	if n, err := w.Write(make([]byte, 200_000)); n != 64<<10 || err != io.ErrClosedPipe {
		t.Errorf("wrote %d, %v", n, err)
	}
	if err := w.End(""); err != io.ErrClosedPipe {
		t.Errorf("the end: %v", err)
	}
}

// A relay of today must take what a near side of tomorrow says.
func TestUnknownKindsArePassedOver(t *testing.T) {
	var b bytes.Buffer
	w := relay.NewWriter(&b)
	w.Write([]byte("a"))
	w.Record(128, nil)
	w.Record(255, bytes.Repeat([]byte("x"), 60_000))
	w.Write([]byte("b"))
	w.End("")
	if got, err := io.ReadAll(relay.NewReader(&b)); string(got) != "ab" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestReaderRefuses(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"nothing":           {"", "unexpected EOF"},
		"cut in a header":   {"\x01\x00", "unexpected EOF"},
		"cut in the wire":   {"\x01\x00\x00\x02a", "unexpected EOF"},
		"cut in an end":     {"\x02\x00\x00\x02a", "unexpected EOF"},
		"cut in an unknown": {"\x80\x00\x00\x02a", "unexpected EOF"},
		"no end":            {"\x01\x00\x00\x01a", "unexpected EOF"},
		"kind 0":            {"\x00\x00\x00\x01a", "kind 0 with 1 bytes is none"},
		"kind 5":            {"\x05\x00\x00\x00", "kind 5"},
		"kind 127":          {"\x7f\x00\x00\x00", "kind 127"},
		"a long end":        {"\x02\x01\x00\x01", "kind 2 with 65537 bytes"},
		"long output":       {"\x03\x00\x80\x02", "kind 3 with 32770 bytes"},
		"empty output":      {"\x03\x00\x00\x01\x01", "kind 3 with 1 bytes"},
		"no stream":         {"\x03\x00\x00\x00", "kind 3 with 0 bytes"},
		"long took":         {"\x04\x00\x00\x02\x01\x01", "kind 4 with 2 bytes"},
		"output, no place":  {"\x03\x00\x00\x02\x01x", "kind 3 has no place here"},
		"took, no place":    {"\x04\x00\x00\x01\x01", "kind 4 has no place here"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := io.ReadAll(relay.NewReader(strings.NewReader(c.text)))
			wantError(t, err, c.want)
		})
	}
}

// S5: a header of a few bytes must not take the memory that it names.
func TestHeaderTakesNoMemory(t *testing.T) {
	for _, head := range []string{"\x01\xff\xff\xff", "\x80\xff\xff\xff", "\x02\xff\xff\xff", "\x03\xff\xff\xff"} {
		var before, after runtime.MemStats
		r := relay.NewReader(strings.NewReader(head))
		runtime.ReadMemStats(&before)
		r.Read(make([]byte, 1))
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 256<<10 {
			t.Errorf("%q takes %d bytes", head, used)
		}
	}
}

func TestLongEndIsCut(t *testing.T) {
	var b bytes.Buffer
	check(t, relay.NewWriter(&b).End(strings.Repeat("x", 2*relay.MaxEnd)))
	r := relay.NewReader(&b)
	if _, err := io.ReadAll(r); err != nil || len(r.EndBody()) != relay.MaxEnd {
		t.Errorf("an end of %d bytes came, %v", len(r.EndBody()), err)
	}
}

// halting gives one byte at a time, and a passed deadline before each.
type halting struct {
	from   io.Reader
	halted bool
}

func (h *halting) Read(p []byte) (int, error) {
	if h.halted = !h.halted; h.halted {
		return 0, os.ErrDeadlineExceeded
	}
	return h.from.Read(p[:min(len(p), 1)])
}

// parsed is all that a Reader makes of bytes.
type parsed struct {
	wire, end string
	beside    []string
	err       string
}

// parse reads to the end, whatever deadlines pass.
func parse(from io.Reader) parsed {
	var got parsed
	r := relay.ReaderBeside(relay.NewReader(from), func(kind byte, body []byte) error {
		got.beside = append(got.beside, string(kind)+string(body))
		return nil
	})
	for {
		all, err := io.ReadAll(r)
		got.wire += string(all)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			continue
		}
		if got.end = r.EndBody(); err != nil {
			got.err = err.Error()
		}
		return got
	}
}

// Close interrupts a Read by a deadline and then reads on for how the worker ended.
func TestDeadlineInTheMiddleLosesNothing(t *testing.T) {
	var b bytes.Buffer
	w := relay.NewWriter(&b)
	w.Write([]byte("wire"))
	w.Record(relay.KindOutput, []byte("\x01printed"))
	w.Record(200, []byte("unknown"))
	w.Write([]byte("more"))
	w.End("why")
	got := parse(&halting{from: &b})
	if got.err != "" || got.wire != "wiremore" || got.end != "why" || !slices.Equal(got.beside, []string{"\x03\x01printed"}) {
		t.Errorf("got %+v", got)
	}
}

func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		"", "\x01\x00\x00\x02ab\x02\x00\x00\x00", "\x03\x00\x00\x02\x01x\x04\x00\x00\x01\x01", "\x80\x00\x00\x01x\x02\x00\x00\x01y",
		"\x01\x00\x00\x00\x01\xff\xff\xffabc", "\x02\x00\x00\x00\x01\x00\x00\x01a", "\x05\x00\x00\x00", "\x03\x00\x80\x01\x01",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, sent []byte) {
		whole, halted := parse(bytes.NewReader(sent)), parse(&halting{from: bytes.NewReader(sent)})
		if whole.wire != halted.wire || whole.end != halted.end || whole.err != halted.err || !slices.Equal(whole.beside, halted.beside) {
			t.Errorf("at once it is %+v, and piecemeal %+v", whole, halted)
		}
		if n := len(whole.wire) + len(whole.end) + len(strings.Join(whole.beside, "")); n > len(sent) {
			t.Errorf("%d bytes came of %d", n, len(sent))
		}
	})
}
