//go:build ignore

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
)

type stats struct {
	files, dirs int
	bytes       int64
	byExt       map[string][]string
}

func (s *stats) visit(p string, d fs.DirEntry, err error) error {
	switch {
	case err != nil:
		return err
	case d.IsDir() && d.Name() == "skip":
		return fs.SkipDir
	case d.IsDir():
		s.dirs++
		return nil
	case d.Name() == "stop":
		return fs.SkipAll
	}
	info, err := d.Info()
	if err != nil {
		return err
	}
	s.files++
	s.bytes += info.Size()
	ext := filepath.Ext(p)
	s.byExt[ext] = append(s.byExt[ext], filepath.Base(p))
	return nil
}

func makeTree(root string, files map[string]string) error {
	for name, text := range files {
		p := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func tree(dir fs.FS, name, indent string) error {
	entries, err := fs.ReadDir(dir, name)
	if err != nil {
		return err
	}
	for i, e := range entries {
		branch, next := "├── ", "│   "
		if i == len(entries)-1 {
			branch, next = "└── ", "    "
		}
		fmt.Println(indent + branch + e.Name())
		if e.IsDir() {
			if err := tree(dir, path.Join(name, e.Name()), indent+next); err != nil {
				return err
			}
		}
	}
	return nil
}

func main() {
	root, err := os.MkdirTemp("", "walk")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(root)
	err = makeTree(root, map[string]string{"a.go": "package a", "b/c.go": "package c", "b/d.txt": "text", "b/skip/e.go": "no", "f/g/h.md": "# h", "f/g/i.go": "package i\n"})
	fmt.Println(err)
	s := &stats{byExt: map[string][]string{}}
	fmt.Println(filepath.WalkDir(root, s.visit), s.files, s.dirs, s.bytes, s.byExt)
	fmt.Println(tree(os.DirFS(root), ".", ""))

	var visited []string
	err = filepath.Walk(root, func(p string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		visited = append(visited, fmt.Sprint(filepath.ToSlash(rel), info.IsDir()))
		return err
	})
	fmt.Println(visited, err)
	boom := errors.New("boom")
	n := 0
	err = fs.WalkDir(os.DirFS(root), ".", func(p string, d fs.DirEntry, err error) error {
		if n++; n == 3 {
			return fmt.Errorf("at %s: %w", p, boom)
		}
		return nil
	})
	fmt.Println(err, errors.Is(err, boom), n)
	err = filepath.WalkDir(filepath.Join(root, "none"), func(p string, d fs.DirEntry, err error) error {
		fmt.Println(filepath.Base(p), d == nil, errors.Is(err, fs.ErrNotExist))
		return nil
	})
	fmt.Println(err)
	os.WriteFile(filepath.Join(root, "b", "stop"), nil, 0o644)
	s = &stats{byExt: map[string][]string{}}
	fmt.Println(filepath.WalkDir(root, s.visit), s.files, s.dirs)

	matches, _ := filepath.Glob(filepath.Join(root, "*", "*.go"))
	deep, _ := fs.Glob(os.DirFS(root), "*/*/*.[gm]*")
	_, bad := filepath.Match("[", "x")
	ok, _ := filepath.Match("*.go", "main.go")
	sort.Strings(deep)
	fmt.Println(len(matches), deep, bad, ok)
	sub, _ := fs.Sub(os.DirFS(root), "f/g")
	names, _ := fs.ReadDir(sub, ".")
	info, err := fs.Stat(sub, "i.go")
	fmt.Println(len(names), names[0], info.Size(), err)
	for _, p := range []string{"/a/b/../c/./d.tar.gz", "a//b/", "", "../x/..", "/"} {
		fmt.Println(path.Clean(p), path.Base(p), path.Dir(p), path.Ext(p), path.IsAbs(p), strings.Join(strings.Split(p, "/"), "|"))
	}
	d, f := path.Split("/usr/lib/go.mod")
	fmt.Println(d, f, path.Join("a", "../b", "", "/c"), fs.ValidPath("../a"), fs.ValidPath("a/b"), fs.FileMode(0o755), fs.FileMode(fs.ModeDir|0o700), fs.FormatDirEntry(names[1]))
}
