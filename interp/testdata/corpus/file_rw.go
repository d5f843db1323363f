//go:build ignore

package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

type store struct{ dir string }

func (s store) path(name string) string { return filepath.Join(s.dir, name) }

// save writes beside the file and renames, so that nobody sees half of it.
func (s store) save(name, text string) (err error) {
	f, err := os.CreateTemp(s.dir, name+".*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	if _, err = io.WriteString(f, text); err != nil {
		return errors.Join(err, f.Close())
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), s.path(name))
}

func main() {
	dir, err := os.MkdirTemp("", "corpus")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	s := store{dir}
	fmt.Println(s.save("a.txt", "line 1\nline 2\n"), s.save("a.txt", "new 1\nnew 2\n"))
	f, err := os.OpenFile(s.path("a.txt"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Fprintf(f, "appended %d\n", 3)
	info, _ := f.Stat()
	fmt.Println(info.Name(), info.Size(), info.IsDir(), info.Mode().IsRegular(), f.Close())
	_, err = f.WriteString("x")
	fmt.Println(errors.Is(err, os.ErrClosed), errors.Is(f.Close(), fs.ErrClosed))
	data, err := os.ReadFile(s.path("a.txt"))
	fmt.Printf("%q %v\n", data, err)

	g, err := os.Create(s.path("b.bin"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer g.Close()
	g.Write([]byte("0123456789"))
	g.WriteAt([]byte("XY"), 3)
	g.Seek(-2, io.SeekEnd)
	g.WriteString("end!")
	pos, _ := g.Seek(0, io.SeekCurrent)
	g.Seek(2, io.SeekStart)
	head := make([]byte, 5)
	n, err := io.ReadFull(g, head)
	at := make([]byte, 20)
	m, err2 := g.ReadAt(at, 8)
	fmt.Println(pos, n, err, string(head), m, err2, string(at[:m]))
	fmt.Println(g.Truncate(4), g.Sync())
	all, _ := os.ReadFile(g.Name())
	fmt.Println(string(all))

	fmt.Println(os.MkdirAll(s.path("x/y/z"), 0o755), os.WriteFile(s.path("x/y/f"), []byte("f"), 0o600), os.Mkdir(s.path("x"), 0o755) != nil)
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		i, _ := e.Info()
		fmt.Print(e.Name(), " ", e.IsDir(), " ", i.Size() > 0 || e.IsDir(), "; ")
	}
	fmt.Println(err)
	_, err = os.Stat(s.path("none"))
	var pe *fs.PathError
	fmt.Println(errors.Is(err, fs.ErrNotExist), errors.As(err, &pe) && filepath.Base(pe.Path) == "none", os.IsExist(os.Mkdir(dir, 0o755)))
	fmt.Println(os.Remove(s.path("x")) != nil, os.RemoveAll(s.path("x")), os.Remove(s.path("none")) != nil, os.RemoveAll(s.path("none")))
	_, err = os.OpenFile(s.path("a.txt"), os.O_CREATE|os.O_EXCL, 0o644)
	fmt.Println(errors.Is(err, fs.ErrExist), os.Rename(s.path("none"), s.path("n2")) != nil)

	src, _ := os.Open(s.path("a.txt"))
	dst, _ := os.Create(s.path("copy"))
	w := bufio.NewWriter(dst)
	k, err := io.Copy(w, io.TeeReader(src, os.Stdout))
	fmt.Println(k, err, w.Flush(), dst.Close(), src.Close())
	fsys := os.DirFS(dir)
	names, _ := fs.Glob(fsys, "*.*")
	text, err := fs.ReadFile(fsys, "copy")
	_, err2 = fs.ReadFile(fsys, "../outside")
	fmt.Println(names, strings.Count(string(text), "\n"), err, errors.Is(err2, fs.ErrInvalid))
	old, _ := os.Getwd()
	fmt.Println(os.Chdir(dir), len(must(os.ReadFile("copy"))), os.Chdir(old))
	root, err := os.OpenRoot(dir)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer root.Close()
	_, err = root.Open("../etc/passwd")
	inside := must(root.ReadFile("copy"))
	fmt.Println(err != nil, len(inside))
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
