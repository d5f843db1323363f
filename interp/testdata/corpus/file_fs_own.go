//go:build ignore

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"testing/fstest"
	"text/template"
	"time"
)

// A memFS is a file system in a map; folders follow from the names.
type memFS map[string]string

type memFile struct {
	name string
	*strings.Reader
	size int64
}

type memDir struct {
	name    string
	entries []fs.DirEntry
	at      int
}

type info struct {
	name string
	size int64
	dir  bool
}

func (i info) Name() string       { return path.Base(i.name) }
func (i info) Size() int64        { return i.size }
func (i info) ModTime() time.Time { return time.Unix(0, 0).UTC() }
func (i info) IsDir() bool        { return i.dir }
func (i info) Sys() any           { return nil }
func (i info) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

func (f *memFile) Stat() (fs.FileInfo, error) { return info{f.name, f.size, false}, nil }
func (f *memFile) Close() error               { return nil }
func (d *memDir) Stat() (fs.FileInfo, error)  { return info{d.name, 0, true}, nil }
func (d *memDir) Close() error                { return nil }
func (d *memDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: errors.New("is a directory")}
}
func (d *memDir) ReadDir(n int) ([]fs.DirEntry, error) {
	rest := d.entries[d.at:]
	if n > 0 {
		if len(rest) == 0 {
			return nil, io.EOF
		}
		rest = rest[:min(n, len(rest))]
	}
	d.at += len(rest)
	return rest, nil
}

func (m memFS) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if text, ok := m[name]; ok {
		return &memFile{name, strings.NewReader(text), int64(len(text))}, nil
	}
	prefix := name + "/"
	if name == "." {
		prefix = ""
	}
	d := &memDir{name: name}
	seen := map[string]bool{}
	for p, text := range m {
		rest, ok := strings.CutPrefix(p, prefix)
		if !ok {
			continue
		}
		base, _, isDir := strings.Cut(rest, "/")
		if !seen[base] {
			seen[base] = true
			size := int64(len(text))
			if isDir {
				size = 0
			}
			d.entries = append(d.entries, fs.FileInfoToDirEntry(info{prefix + base, size, isDir}))
		}
	}
	if len(d.entries) == 0 {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	slices.SortFunc(d.entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return d, nil
}

// A logged file system adds ReadFile, which is used where it is there.
type logged struct {
	fs.FS
	log []string
}

func (l *logged) ReadFile(name string) ([]byte, error) {
	l.log = append(l.log, "ReadFile "+name)
	return fs.ReadFile(l.FS, name)
}
func (l *logged) Open(name string) (fs.File, error) {
	l.log = append(l.log, "Open "+name)
	return l.FS.Open(name)
}

func main() {
	m := memFS{"index.html": "<h1>{{.}}</h1>", "css/site.css": "body{}", "img/a/b.txt": "deep", "img/c.txt": "c"}
	fmt.Println(fstest.TestFS(m, "index.html", "css/site.css", "img/a/b.txt"))
	fs.WalkDir(m, ".", func(p string, d fs.DirEntry, err error) error {
		i, _ := d.Info()
		fmt.Print(fs.FormatDirEntry(d), " ", p, " ", i.Size(), "; ")
		return err
	})
	fmt.Println()
	data, err := fs.ReadFile(m, "img/c.txt")
	_, err2 := fs.ReadFile(m, "img")
	_, err3 := m.Open("none")
	_, err4 := fs.Stat(m, "/abs")
	fmt.Println(string(data), err, err2, err3, errors.Is(err3, fs.ErrNotExist), errors.Is(err4, fs.ErrInvalid))
	matches, _ := fs.Glob(m, "*/*.*")
	sub, _ := fs.Sub(m, "img")
	i, _ := fs.Stat(sub, "a")
	fmt.Println(matches, fs.FormatFileInfo(i), i.Mode())

	l := &logged{FS: m}
	t := template.Must(template.ParseFS(l, "*.html"))
	var buf bytes.Buffer
	t.Execute(&buf, "title")
	fmt.Println(buf.String(), slices.Contains(l.log, "ReadFile index.html"))
	h := http.FileServerFS(m)
	for _, url := range []string{"/css/site.css", "/img/", "/none", "/img"} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest("GET", url, nil))
		fmt.Printf("%d %q %s\n", rec.Code, rec.Body.String()[:min(30, rec.Body.Len())], rec.Header().Get("Content-Type"))
	}
	mapfs := fstest.MapFS{"x/y": {Data: []byte("xy"), Mode: 0o600}, "z": {}}
	entries, _ := fs.ReadDir(mapfs, ".")
	d, _ := m.Open("img")
	first, e1 := d.(fs.ReadDirFile).ReadDir(1)
	_, e2 := d.(fs.ReadDirFile).ReadDir(1)
	_, e3 := d.(fs.ReadDirFile).ReadDir(1)
	fmt.Println(len(entries), entries[0].IsDir(), first[0].Name(), e1, e2, e3)
}
