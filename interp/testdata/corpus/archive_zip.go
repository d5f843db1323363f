//go:build ignore

package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"sort"
	"strings"
	"time"
)

type entry struct {
	name, text string
	store      bool
}

func build(comment string, entries ...entry) ([]byte, error) {
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: time.Date(2024, 5, 6, 7, 8, 10, 0, time.UTC), Comment: "c:" + e.name}
		if e.store {
			h.Method = zip.Store
		}
		h.SetMode(0o640)
		fw, err := w.CreateHeader(h)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(fw, e.text); err != nil {
			return nil, err
		}
	}
	if err := errors.Join(w.SetComment(comment), w.Close()); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// xor is a method of compression of our own, which compresses nothing.
type xor struct {
	w io.Writer
	r io.Reader
}

func (x xor) Write(p []byte) (int, error) {
	q := bytes.Map(func(r rune) rune { return r ^ 1 }, p)
	return x.w.Write(q)
}
func (x xor) Read(p []byte) (int, error) {
	n, err := x.r.Read(p)
	for i := range p[:n] {
		p[i] ^= 1
	}
	return n, err
}
func (xor) Close() error { return nil }

func main() {
	data, err := build("archive", entry{"a.txt", "alpha", true}, entry{"d/b.txt", strings.Repeat("beta ", 400), false}, entry{"d/", "", true}, entry{"é.txt", "", false})
	fmt.Println(err, len(data) < 1000)
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Comment, len(r.File))
	for _, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			fmt.Println(err)
			continue
		}
		text, err := io.ReadAll(rc)
		rc.Close()
		fmt.Println(f.Name, f.Method, f.UncompressedSize64, f.CompressedSize64 < f.UncompressedSize64, f.CRC32 == crc32.ChecksumIEEE(text), f.Mode(), f.Modified.UTC().Format(time.DateTime), f.Comment, f.FileInfo().IsDir(), err, f.NonUTF8)
	}
	b, err := fs.ReadFile(r, "d/b.txt")
	_, err2 := r.Open("none")
	fmt.Println(len(b), err, errors.Is(err2, fs.ErrNotExist))
	var names []string
	fs.WalkDir(r, ".", func(p string, d fs.DirEntry, err error) error {
		names = append(names, fmt.Sprint(p, d.IsDir()))
		return err
	})
	fmt.Println(names)
	_, err = zip.NewReader(bytes.NewReader(data[:50]), 50)
	fmt.Println(err, errors.Is(err, zip.ErrFormat))

	bad := bytes.Clone(data)
	bad[bytes.Index(bad, []byte("alpha"))] = 'A'
	r, _ = zip.NewReader(bytes.NewReader(bad), int64(len(bad)))
	_, err = fs.ReadFile(r, "a.txt")
	fmt.Println(errors.Is(err, zip.ErrChecksum))

	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	const method = 99
	w.RegisterCompressor(method, func(w io.Writer) (io.WriteCloser, error) { return xor{w: w}, nil })
	fw, err := w.CreateHeader(&zip.FileHeader{Name: "x", Method: method})
	fmt.Fprint(fw, "own method")
	w.Close()
	fmt.Println(err, bytes.Contains(buf.Bytes(), []byte("nvo!lduine")))
	r, _ = zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	_, err = fs.ReadFile(r, "x")
	r.RegisterDecompressor(method, func(r io.Reader) io.ReadCloser { return xor{r: r} })
	text, err2 := fs.ReadFile(r, "x")
	fmt.Println(errors.Is(err, zip.ErrAlgorithm), string(text), err2)

	src := strings.Repeat("to be or not to be, ", 50)
	sizes := map[string]int{}
	for _, level := range []int{flate.NoCompression, flate.BestSpeed, flate.BestCompression, flate.HuffmanOnly} {
		buf.Reset()
		fw, _ := flate.NewWriter(&buf, level)
		io.WriteString(fw, src)
		fw.Close()
		sizes[fmt.Sprint(level)] = buf.Len()
		out, err := io.ReadAll(flate.NewReader(&buf))
		fmt.Print(string(out) == src, err, " ")
	}
	fmt.Println(sizes["0"] > len(src), sizes["9"] <= sizes["1"], sizes["9"] < sizes["-2"])
	buf.Reset()
	dict := []byte("to be or not")
	zw, _ := zlib.NewWriterLevelDict(&buf, 9, dict)
	zw.Write([]byte("not to be"))
	zw.Flush()
	zw.Close()
	packed := buf.Bytes()
	_, err = zlib.NewReader(bytes.NewReader(packed))
	zr, err2 := zlib.NewReaderDict(bytes.NewReader(packed), dict)
	out, err3 := io.ReadAll(zr)
	fmt.Println(err, err2, string(out), err3)
	keys := make([]string, 0)
	for k := range sizes {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	fmt.Println(keys)
}
