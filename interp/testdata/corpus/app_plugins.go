//go:build ignore

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
)

type Codec interface {
	Name() string
	Encode(w io.Writer, data []byte) error
}
type Decoder interface {
	Decode(r io.Reader) ([]byte, error)
}
type Configurable interface {
	Configure(opts map[string]string) error
}
type Versioned interface{ Version() int }

type factory func() Codec

var registry = map[string]factory{}

func Register(name string, f factory) {
	if _, dup := registry[name]; dup {
		panic("codec registered twice: " + name)
	}
	registry[name] = f
}

func init() {
	Register("upper", func() Codec { return funcCodec{"upper", bytes.ToUpper} })
	Register("reverse", func() Codec {
		return funcCodec{"reverse", func(b []byte) []byte {
			r := []rune(string(b))
			slices.Reverse(r)
			return []byte(string(r))
		}}
	})
}
func init() { Register("caesar", func() Codec { return &caesar{shift: 1} }) }
func init() { Register("rle", func() Codec { return rle{} }) }

type funcCodec struct {
	name string
	fn   func([]byte) []byte
}

func (f funcCodec) Name() string                       { return f.name }
func (f funcCodec) Encode(w io.Writer, b []byte) error { _, err := w.Write(f.fn(b)); return err }

type caesar struct{ shift byte }

func (c *caesar) Name() string { return fmt.Sprint("caesar+", c.shift) }
func (c *caesar) Configure(o map[string]string) error {
	_, err := fmt.Sscan(o["shift"], &c.shift)
	return err
}
func (c *caesar) Encode(w io.Writer, b []byte) error {
	out := slices.Clone(b)
	for i := range out {
		out[i] += c.shift
	}
	_, err := w.Write(out)
	return err
}
func (c *caesar) Decode(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(r)
	for i := range b {
		b[i] -= c.shift
	}
	return b, err
}

type rle struct{}

func (rle) Name() string { return "rle" }
func (rle) Version() int { return 2 }
func (rle) Encode(w io.Writer, b []byte) error {
	for len(b) > 0 {
		n := 1
		for n < len(b) && n < 9 && b[n] == b[0] {
			n++
		}
		if _, err := fmt.Fprintf(w, "%d%c", n, b[0]); err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}
func (rle) Decode(r io.Reader) (out []byte, err error) {
	for {
		var n int
		var c byte
		switch _, err := fmt.Fscanf(r, "%1d%c", &n, &c); {
		case errors.Is(err, io.EOF):
			return out, nil
		case err != nil:
			return out, fmt.Errorf("rle: %w", err)
		}
		out = append(out, bytes.Repeat([]byte{c}, n)...)
	}
}

type pipeline []Codec

func build(spec string) (p pipeline, err error) {
	for part := range strings.SplitSeq(spec, "|") {
		name, args, _ := strings.Cut(strings.TrimSpace(part), ":")
		f, ok := registry[name]
		if !ok {
			return nil, fmt.Errorf("no codec %q", name)
		}
		c := f()
		if args != "" {
			conf, ok := c.(Configurable)
			if !ok {
				return nil, fmt.Errorf("%s takes no options", name)
			}
			k, v, _ := strings.Cut(args, "=")
			if err := conf.Configure(map[string]string{k: v}); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
		p = append(p, c)
	}
	return
}

func (p pipeline) run(data []byte) (out []byte, err error) {
	for _, c := range p {
		var buf bytes.Buffer
		if err := c.Encode(&buf, data); err != nil {
			return nil, err
		}
		data = buf.Bytes()
	}
	return data, nil
}
func (p pipeline) undo(data []byte) ([]byte, error) {
	for _, c := range slices.Backward(p) {
		d, ok := c.(Decoder)
		if !ok {
			return nil, fmt.Errorf("%s: %w", c.Name(), errors.ErrUnsupported)
		}
		var err error
		if data, err = d.Decode(bytes.NewReader(data)); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func main() {
	names := make([]string, 0)
	for n, f := range registry {
		c := f()
		_, dec := c.(Decoder)
		v, ver := c.(Versioned)
		desc := fmt.Sprint(n, " ", c.Name(), " ", dec, ver)
		if ver {
			desc += fmt.Sprint(" v", v.Version())
		}
		names = append(names, desc)
	}
	sort.Strings(names)
	fmt.Println(strings.Join(names, "; "))
	for _, spec := range []string{"upper", "upper | reverse", "rle|caesar:shift=3", "caesar:shift=x", "rle:a=b", "zip", "rle | rle", "caesar:shift=255"} {
		p, err := build(spec)
		if err != nil {
			fmt.Println(spec, "->", err)
			continue
		}
		out, err := p.run([]byte("aaab ccc"))
		back, err2 := p.undo(out)
		fmt.Printf("%s -> %q %v %q %v %v\n", spec, out, err, back, err2, errors.Is(err2, errors.ErrUnsupported))
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		Register("rle", nil)
	}()
	_, err := rle{}.Decode(strings.NewReader("2ax"))
	fmt.Println(err)
}
