package hello

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

const (
	magic = "farside"

	// Version is the protocol's version: two sides of different versions do not
	// talk. What can be ignored is added as a field instead.
	Version = 1

	// Opening is the version of what is said to a socket server (P17). It is for
	// ever.
	Opening = 1

	// Max bounds a hello line in bytes.
	Max = 64 << 10

	// refusal is the field by which a far side says why it cannot serve.
	refusal = "error"
)

// A Line is a hello: the first line that a side sends.
type Line struct {
	Version int               // 0 means Version
	Fields  map[string]string // unknown ones are ignored by the other side
}

// A RefusedError is the far side's own word that it cannot serve.
type RefusedError struct{ Reason string }

func (e *RefusedError) Error() string { return "the far side refused: " + e.Reason }

// Refusal is the hello of a far side that cannot serve. A long reason is cut, so
// that it fits.
func Refusal(reason error) *Line {
	const most = Max / 4 // a byte takes up to three
	text := reason.Error()
	return &Line{Fields: map[string]string{refusal: text[:min(len(text), most)]}}
}

// String gives the line, with its end.
func (h *Line) String() string {
	var b strings.Builder
	b.WriteString(magic + " " + strconv.Itoa(cmp.Or(h.Version, Version)))
	for _, key := range slices.Sorted(maps.Keys(h.Fields)) {
		b.WriteString(" " + url.QueryEscape(key) + "=" + url.QueryEscape(h.Fields[key]))
	}
	b.WriteByte('\n')
	return b.String()
}

// Parse reads a line of any version, without its end.
func Parse(text string) (*Line, error) {
	h, fields, err := parseHead(text)
	if err == nil {
		err = h.parseFields(fields)
	}
	return h, err
}

// parseOf is Parse for a line that must be of one version: another's fields may look
// otherwise.
func parseOf(version int, text string) (*Line, error) {
	h, fields, err := parseHead(text)
	if err != nil {
		return nil, err
	}
	if h.Version != version {
		return nil, fmt.Errorf("the other side speaks version %d of the protocol, this side %d", h.Version, version)
	}
	return h, h.parseFields(fields)
}

func parseHead(text string) (h *Line, fields []string, err error) {
	words := strings.Split(text, " ")
	if words[0] != magic || len(words) < 2 {
		return nil, nil, fmt.Errorf("the other side is not farside: it sent %s", quote(text))
	}
	version, err := strconv.Atoi(words[1])
	if err != nil {
		return nil, nil, fmt.Errorf("a hello whose version %s is no number", quote(words[1]))
	}
	return &Line{Version: version, Fields: map[string]string{}}, words[2:], nil
}

func (h *Line) parseFields(fields []string) error {
	for _, word := range fields {
		key, value, ok := strings.Cut(word, "=")
		k, errK := url.QueryUnescape(key)
		v, errV := url.QueryUnescape(value)
		if !ok || errK != nil || errV != nil || k == "" {
			return fmt.Errorf("a hello with the bad field %s", quote(key)) // its value may be a secret
		}
		if _, twice := h.Fields[k]; twice {
			return fmt.Errorf("a hello with the field %s twice", quote(k))
		}
		h.Fields[k] = v
	}
	return nil
}

// Write sends the hello.
func (h *Line) Write(w io.Writer) error {
	line, err := h.line()
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, line)
	return err
}

// line is String within the limit.
func (h *Line) line() (string, error) {
	line := h.String()
	if len(line) > Max {
		return "", fmt.Errorf("a hello of %d bytes is over the limit of %d", len(line), Max)
	}
	return line, nil
}

// Read reads the other side's line. No side sends anything between its own
// hello and the other's (P3), so bytes behind the line are an error. Bytes that
// are no hello end it early, with an error that quotes them.
func Read(r io.Reader) (*Line, error) {
	line := make([]byte, 0, 1024)
	for {
		if len(line) == cap(line) {
			line = append(make([]byte, 0, min(2*cap(line), Max)), line...)
		}
		n, err := r.Read(line[len(line):cap(line)])
		line = line[:len(line)+n]
		if text, rest, whole := bytes.Cut(line, []byte{'\n'}); whole {
			if len(rest) > 0 {
				return nil, fmt.Errorf("the other side sent %s behind its hello", quote(string(rest)))
			}
			return parseOf(Version, string(text))
		}
		if n := min(len(line), len(magic)); string(line[:n]) != magic[:n] {
			return nil, fmt.Errorf("the other side is not farside: it sent %s", quote(string(line)))
		}
		if len(line) >= Max {
			return nil, fmt.Errorf("a hello over the limit of %d bytes", Max)
		}
		if err != nil {
			return nil, endedEarly(line, err)
		}
	}
}

// ErrEnded is for a stream that ended where a hello was expected.
var ErrEnded = errors.New("the other side ended before its hello")

func endedEarly(line []byte, err error) error {
	ends := []error{io.EOF, io.ErrUnexpectedEOF, syscall.ECONNRESET} // the last if it did not read our hello
	if !slices.ContainsFunc(ends, func(end error) bool { return errors.Is(err, end) }) {
		return err
	}
	if len(line) == 0 {
		return ErrEnded
	}
	return fmt.Errorf("the other side ended in the middle of its hello, after %d bytes", len(line)) // there may be a secret among them
}

// Exchange is the near side's half: it sends h and waits for the far side's. When
// ctx ends it closes conn, which is then of no use any more.
func (h *Line) Exchange(ctx context.Context, conn io.ReadWriteCloser) (*Line, error) {
	line, err := h.line()
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	far, err := exchange(conn, line)
	if !stop() {
		return nil, context.Cause(ctx)
	}
	return far, err
}

// exchange writes beside reading, since a far side that refuses may not read.
func exchange(conn io.ReadWriter, line string) (*Line, error) {
	written := make(chan error, 1)
	go func() { // ends with conn
		_, err := io.WriteString(conn, line)
		written <- err
	}()
	far, err := Read(conn)
	if err != nil {
		return nil, err
	}
	if reason, refused := far.Fields[refusal]; refused {
		return nil, &RefusedError{Reason: reason}
	}
	return far, <-written
}

// quote shows the beginning of foreign bytes.
func quote(text string) string {
	const most = 80
	if len(text) > most {
		return strconv.Quote(text[:most]) + "..."
	}
	return strconv.Quote(text)
}

// ReadOpening is Read for what is said to a socket server and by one. More will be
// read from the stream, so it takes no byte behind the line.
func ReadOpening(r *bufio.Reader) (*Line, error) {
	var line []byte
	for {
		b, err := r.ReadByte()
		switch {
		case err != nil:
			return nil, endedEarly(line, err)
		case b == '\n':
			return parseOf(Opening, string(line))
		case len(line) < len(magic) && b != magic[len(line)]:
			more, _ := r.Peek(r.Buffered()) // it tells better who that is
			return nil, fmt.Errorf("the other side is not farside: it sent %s", quote(string(append(append(line, b), more...))))
		case len(line) == Max-1: // with its end it would be longer
			return nil, fmt.Errorf("a hello over the limit of %d bytes", Max)
		}
		line = append(line, b)
	}
}
