package hello_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"strings"
	"testing"
	"testing/iotest"

	"go.uber.org/goleak"

	"github.com/farside-go/farside/internal/hello"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// P1
func TestLineKeepsItsFields(t *testing.T) {
	for _, fields := range []map[string]string{
		{},
		{"id": "gw0"},
		{"a": "", "b": "x=y&z +%\n\x00\xff", "env:P Q": "//"},
		{"long": strings.Repeat("v", 60<<10)},
	} {
		line := (&hello.Line{Fields: fields}).String()
		for name, r := range map[string]io.Reader{
			"at once": strings.NewReader(line), "by bytes": iotest.OneByteReader(strings.NewReader(line)),
			"with the end": iotest.DataErrReader(strings.NewReader(line)),
		} {
			got, err := hello.Read(r)
			if err != nil || !maps.Equal(got.Fields, fields) {
				t.Errorf("%s: got %.80v, %v; want %.80v", name, got, err, fields)
			}
		}
	}
}

// P1: the line as bytes, so that two sides cannot be wrong in the same way.
func TestLineAsBytes(t *testing.T) {
	line := &hello.Line{Fields: map[string]string{"id": "gw0", "env:A B": "x=y%\n", "nice": ""}}
	if got, want := line.String(), "farside 1 env%3AA+B=x%3Dy%25%0A id=gw0 nice=\n"; got != want {
		t.Errorf("the hello is %q, want %q", got, want)
	}
}

// refused are lines that are no hello, and what is said of them.
var refused = map[string]struct{ line, want string }{
	"nothing":          {"", "ended before its hello"},
	"cut in the magic": {"fars", "in the middle of its hello, after 4 bytes"},
	"cut in a field":   {"farside 1 id=g", "in the middle of its hello"},
	"garbage":          {"Welcome to Ubuntu\n", `not farside: it sent "Welcome`},
	"garbage, no end":  {"SSH-2.0-OpenSSH", "not farside"},
	"binary garbage":   {"\x00\xff\x7fELF", `not farside: it sent "\x00\xff\x7fELF"`},
	"longer magic":     {"farsides 1\n", "not farside"},
	"only the magic":   {"farside\n", "not farside"},
	"other version":    {"farside 2 id=x\n", `speaks version 2 of the protocol, this side 1`},
	"no version":       {"farside  id=x\n", `whose version "" is no number`},
	"field without =":  {"farside 1 id\n", `bad field "id"`},
	"field, no key":    {"farside 1 =x\n", `bad field ""`},
	"bad escape":       {"farside 1 a=%zz\n", "bad field"},
	"two spaces":       {"farside 1  a=b\n", "bad field"},
	"field twice":      {"farside 1 a=1 a=2\n", `the field "a" twice`},
	"twice, escaped":   {"farside 1 a=1 %61=2\n", `the field "a" twice`},
	"oversize":         {"farside 1 a=" + strings.Repeat("x", hello.Max), "over the limit of 65536"},
	"just oversize":    {longLine(hello.Max + 1), "over the limit of 65536"},
}

// longLine is a hello of so many bytes, with its end.
func longLine(size int) string {
	const start = "farside 1 a="
	return start + strings.Repeat("x", size-len(start)-1) + "\n"
}

// readers are the ways to read a hello. Each tells what is left behind it.
var readers = map[string]func(text string) (line *hello.Line, rest string, err error){
	"Read": func(text string) (*hello.Line, string, error) {
		line, err := hello.Read(strings.NewReader(text))
		return line, "", err
	},
	"ReadOpening": func(text string) (*hello.Line, string, error) {
		r := bufio.NewReader(strings.NewReader(text))
		line, err := hello.ReadOpening(r)
		rest, _ := io.ReadAll(r)
		return line, string(rest), err
	},
}

// P1; P2: another version.
func TestReadRefuses(t *testing.T) {
	for way, read := range readers {
		for name, c := range refused {
			t.Run(way+"/"+name, func(t *testing.T) {
				line, _, err := read(c.line)
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Fatalf("got %v, %v; want an error with %q", line, err, c.want)
				}
				if len(err.Error()) > 400 {
					t.Errorf("the error quotes %d bytes of it", len(err.Error()))
				}
			})
		}
	}
}

// P3
func TestReadRefusesBytesBehind(t *testing.T) {
	_, err := hello.Read(strings.NewReader("farside 1 a=1\nmore"))
	if err == nil || !strings.Contains(err.Error(), `sent "more" behind its hello`) {
		t.Errorf("got %v", err)
	}
}

// P17: what follows at once is for whoever reads on.
func TestReadOpeningLeavesWhatFollows(t *testing.T) {
	for _, rest := range []string{"", "more", "\n", "farside 1 b=2\n"} {
		line, left, err := readers["ReadOpening"]("farside 1 a=1\n" + rest)
		if err != nil || line.Fields["a"] != "1" || left != rest {
			t.Errorf("with %q behind: %v, %v, left %q", rest, line, err, left)
		}
	}
}

// P1
func TestReadTakesALineOfTheLimit(t *testing.T) {
	for way, read := range readers {
		if _, _, err := read(longLine(hello.Max)); err != nil {
			t.Errorf("%s: %v", way, err)
		}
	}
}

// P1; S5: a line without an end, of a gigabyte.
func TestReadOpeningTakesNoMoreThanTheLimit(t *testing.T) {
	endless := &counter{r: io.LimitReader(io.MultiReader(strings.NewReader("farside 1 a="), xs{}), 1<<30)}
	if _, err := hello.ReadOpening(bufio.NewReaderSize(endless, 16)); err == nil {
		t.Fatal("an endless hello was taken")
	}
	if endless.n > hello.Max+16 {
		t.Errorf("%d bytes were read", endless.n)
	}
}

// xs is a reader without an end.
type xs struct{}

func (xs) Read(p []byte) (int, error) { return copy(p, bytes.Repeat([]byte("x"), len(p))), nil }

// P1
func TestReadTakesNoMoreThanTheLimit(t *testing.T) {
	endless := &counter{r: iotest.DataErrReader(strings.NewReader("farside 1 a=" + strings.Repeat("x", 10*hello.Max)))}
	if _, err := hello.Read(endless); err == nil {
		t.Fatal("an endless hello was taken")
	}
	if endless.n > hello.Max {
		t.Errorf("%d bytes were read", endless.n)
	}
}

type counter struct {
	r io.Reader
	n int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

func TestReadTellsReadErrors(t *testing.T) {
	broken := errors.New("the cable broke")
	if _, err := hello.Read(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	if _, err := hello.ReadOpening(bufio.NewReader(iotest.ErrReader(broken))); !errors.Is(err, broken) {
		t.Fatalf("buffered got %v", err)
	}
}

// P1
func TestWriteRefusesOversize(t *testing.T) {
	line := &hello.Line{Fields: map[string]string{"a": strings.Repeat("x", hello.Max)}}
	if err := line.Write(io.Discard); err == nil {
		t.Fatal("an oversize hello was written")
	}
}

// P1: it would wait for an answer that never comes: the far side waits for the hello.
func TestExchangeWithOversizeHelloFailsAtOnce(t *testing.T) {
	near, far := net.Pipe()
	defer near.Close()
	defer far.Close()
	line := &hello.Line{Fields: map[string]string{"a": strings.Repeat("x", hello.Max)}}
	if _, err := line.Exchange(t.Context(), near); err == nil || !strings.Contains(err.Error(), "over the limit") {
		t.Fatalf("got %v", err)
	}
}

// P3: a far side refuses by a hello that says why.
func TestRefusalReachesTheNearSide(t *testing.T) {
	for _, reason := range []string{"no room\nat all", strings.Repeat("ü", hello.Max)} {
		near, far := net.Pipe()
		go func() { // ends with the pipe; it refuses without reading
			hello.Refusal(errors.New(reason)).Write(far)
			far.Close()
		}()
		_, err := (&hello.Line{}).Exchange(t.Context(), near)
		refused, ok := errors.AsType[*hello.RefusedError](err)
		if !ok || !strings.HasPrefix(reason, refused.Reason) || refused.Reason == "" {
			t.Errorf("got %.100v", err)
		}
		near.Close()
	}
}

func TestExchangeEndsWithItsContext(t *testing.T) {
	near, far := net.Pipe()
	defer far.Close()
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	go func() { // ends with the pipe
		hello.Read(far)
		cancel(why) // instead of an answer
	}()
	if _, err := (&hello.Line{}).Exchange(ctx, near); !errors.Is(err, why) {
		t.Fatalf("got %v", err)
	}
	if _, err := near.Write([]byte("x")); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("the stream is still open: %v", err)
	}
}

// P3: the near side sends first, and the far side answers what it has read.
func TestExchangeAgrees(t *testing.T) {
	near, far := net.Pipe()
	defer near.Close()
	defer far.Close()
	got := make(chan *hello.Line, 1)
	go func() { // ends with the hellos
		line, _ := hello.Read(far)
		(&hello.Line{Fields: map[string]string{"pid": "7"}}).Write(far)
		got <- line
	}()
	answer, err := (&hello.Line{Fields: map[string]string{"id": "x"}}).Exchange(t.Context(), near)
	if err != nil || answer.Fields["pid"] != "7" {
		t.Fatalf("near got %v, %v", answer, err)
	}
	if line := <-got; line == nil || line.Fields["id"] != "x" {
		t.Fatalf("far got %v", line)
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"farside 1\n", "farside 1 id=gw0 env%3AA=b\n", "farside 2\n", "farside 1 a=%zz\n", "far", "", "\x00", "farside 1 a=1\nx",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		line, err := hello.Read(strings.NewReader(string(data)))
		if err == nil {
			if same, err := hello.ReadOpening(bufio.NewReader(strings.NewReader(string(data)))); err != nil || !maps.Equal(line.Fields, same.Fields) {
				t.Fatalf("%q became %v, and buffered %v, %v", data, line, same, err)
			}
		}
		if err != nil || len(line.String()) > hello.Max { // escaped, it can be longer than it came
			return
		}
		again, err := hello.Read(strings.NewReader(line.String()))
		if err != nil || !maps.Equal(line.Fields, again.Fields) {
			t.Fatalf("%q became %v, then %v, %v", data, line, again, err)
		}
	})
}
