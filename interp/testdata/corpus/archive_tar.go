//go:build ignore

package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"testing/fstest"
	"time"
)

type file struct {
	name, text string
	mode       int64
}

type meter struct {
	w io.Writer
	n int
}

func (m *meter) Write(p []byte) (int, error) {
	m.n += len(p)
	return m.w.Write(p)
}

func pack(w io.Writer, files ...file) (err error) {
	gz, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	gz.Name, gz.Comment = "pack.tar", "made here"
	tw := tar.NewWriter(gz)
	defer func() { err = errors.Join(err, tw.Close(), gz.Close()) }()
	when := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, f := range files {
		h := &tar.Header{Name: f.name, Mode: f.mode, Size: int64(len(f.text)), ModTime: when, Uname: "me", Format: tar.FormatPAX, PAXRecords: map[string]string{"CORPUS.note": "n " + f.name}}
		switch {
		case strings.HasSuffix(f.name, "/"):
			h.Typeflag = tar.TypeDir
		case strings.HasPrefix(f.text, "->"):
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, f.text[2:], 0
			f.text = ""
		}
		if err := tw.WriteHeader(h); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		if _, err := io.WriteString(tw, f.text); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return nil
}

// unpack refuses what would leave the folder.
func unpack(r io.Reader, visit func(*tar.Header, io.Reader) error) error {
	gz, err := gzip.NewReader(r)
	if err != nil {
		return err
	}
	defer gz.Close()
	fmt.Println(gz.Name, gz.Comment)
	tr := tar.NewReader(gz)
	for {
		h, err := tr.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if clean := path.Clean("/" + h.Name); !strings.HasPrefix(h.Name, clean[1:]) {
			return fmt.Errorf("%s leads outside", h.Name)
		}
		if err := visit(h, tr); err != nil {
			return err
		}
	}
}

func show(h *tar.Header, r io.Reader) error {
	text, err := io.ReadAll(r)
	fmt.Printf("%c %-12s %v %3d %q %s %s %s\n", h.Typeflag, h.Name, h.FileInfo().Mode(), h.Size, text[:min(12, len(text))], h.Linkname, h.ModTime.UTC().Format(time.DateTime), h.PAXRecords["CORPUS.note"])
	return err
}

func main() {
	var buf bytes.Buffer
	m := &meter{w: &buf}
	long := strings.Repeat("deep/", 30) + "file.txt"
	fmt.Println(pack(m, file{"dir/", "", 0o755}, file{"dir/a.txt", "hello", 0o644}, file{"big", strings.Repeat("0123456789", 1000), 0o600}, file{"link", "->dir/a.txt", 0o777}, file{"empty", "", 0o400}))
	fmt.Println(m.n == buf.Len(), m.n < 1000)
	data := bytes.Clone(buf.Bytes())
	fmt.Println(unpack(&buf, show))

	buf.Reset()
	fmt.Println(pack(&buf, file{long, "x", 0o644}, file{"../evil", "y", 0o644}))
	fmt.Println(unpack(&buf, func(h *tar.Header, r io.Reader) error { fmt.Println(len(h.Name), h.Format); return nil }))
	fmt.Println(unpack(bytes.NewReader([]byte("not gzip at all")), show))
	fmt.Println(unpack(bytes.NewReader(data[:len(data)/2]), func(*tar.Header, io.Reader) error { return nil }))
	data[len(data)-6] ^= 0xff
	gz, _ := gzip.NewReader(bytes.NewReader(data))
	n, err := io.Copy(io.Discard, gz)
	fmt.Println(n, err, errors.Is(err, gzip.ErrChecksum))

	tw := tar.NewWriter(&buf)
	tw.WriteHeader(&tar.Header{Name: "short", Size: 3})
	_, err = tw.Write([]byte("long"))
	fmt.Println(err, errors.Is(err, tar.ErrWriteTooLong))
	tw = tar.NewWriter(&buf)
	tw.WriteHeader(&tar.Header{Name: "half", Size: 10})
	fmt.Println(tw.Close())
	buf.Reset()
	tw = tar.NewWriter(&buf)
	fsys := fstest.MapFS{"x/y.txt": {Data: []byte("from a file system"), Mode: 0o640}, "z": {Data: []byte("z")}}
	fmt.Println(tw.AddFS(fsys), tw.Close())
	tr := tar.NewReader(&buf)
	for h, err := tr.Next(); err == nil; h, err = tr.Next() {
		b, _ := io.ReadAll(tr)
		fmt.Print(h.Name, " ", string(b), " ", fs.FileMode(h.Mode).Perm(), "; ")
	}
	fmt.Println()
}
