package hello_test

import (
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

// P1; P2: another version; P3: bytes behind.
func TestReadRefuses(t *testing.T) {
	for name, c := range map[string]struct{ line, want string }{
		"nothing":          {"", "ended before its hello"},
		"cut in the magic": {"fars", `in the middle of its hello, after "fars"`},
		"cut in a field":   {"farside 1 id=g", "in the middle of its hello"},
		"garbage":          {"Welcome to Ubuntu\n", `not farside: it sent "Welcome`},
		"garbage, no end":  {"SSH-2.0-OpenSSH", "not farside"},
		"binary garbage":   {"\x00\xff\x7fELF", `not farside: it sent "\x00\xff\x7fELF"`},
		"longer magic":     {"farsides 1\n", "not farside"},
		"only the magic":   {"farside\n", "not farside"},
		"other version":    {"farside 2 id=x\n", `speaks version 2 of the protocol, this side 1`},
		"no version":       {"farside  id=x\n", `whose version "" is no number`},
		"field without =":  {"farside 1 id\n", `bad field "id"`},
		"field, no key":    {"farside 1 =x\n", `bad field "=x"`},
		"bad escape":       {"farside 1 a=%zz\n", "bad field"},
		"two spaces":       {"farside 1  a=b\n", "bad field"},
		"field twice":      {"farside 1 a=1 a=2\n", `the field "a" twice`},
		"twice, escaped":   {"farside 1 a=1 %61=2\n", `the field "a" twice`},
		"bytes behind":     {"farside 1 a=1\nmore", `sent "more" behind its hello`},
		"oversize":         {"farside 1 a=" + strings.Repeat("x", hello.Max), "over the limit of 65536"},
	} {
		t.Run(name, func(t *testing.T) {
			line, err := hello.Read(strings.NewReader(c.line))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, %v; want an error with %q", line, err, c.want)
			}
			if len(err.Error()) > 400 {
				t.Errorf("the error quotes %d bytes of it", len(err.Error()))
			}
		})
	}
}

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
		if err != nil || len(line.String()) > hello.Max { // escaped, it can be longer than it came
			return
		}
		again, err := hello.Read(strings.NewReader(line.String()))
		if err != nil || !maps.Equal(line.Fields, again.Fields) {
			t.Fatalf("%q became %v, then %v, %v", data, line, again, err)
		}
	})
}
