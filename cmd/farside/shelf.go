package main

import (
	"debug/buildinfo"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/farside-go/farside/internal/gobuild"
	"github.com/farside-go/farside/internal/store"
	"github.com/farside-go/farside/internal/version/infile"
)

// A kept is a program that is kept somewhere.
type kept struct {
	what   string // what people call it
	target string // such as linux/amd64
	hash   string
	size   int64
	used   time.Time // last
}

// A shelf is a place where programs are kept.
type shelf struct {
	name   string // of what is kept there
	place  string
	list   func() ([]kept, error) // what was not used for longest first
	remove func(kept) bool        // unless it was used since it was listed
}

// ownShelves are those of this user on this machine.
func ownShelves() ([]shelf, error) {
	builds, err := gobuild.Default()
	if err != nil {
		return nil, err
	}
	workers, err := store.Default()
	if err != nil {
		return nil, err
	}
	var shelves []shelf
	for _, s := range []struct {
		dir  string
		open func(dir string) (shelf, error)
	}{{builds, openBuilds}, {workers, openWorkers}} {
		if _, err := os.Lstat(s.dir); errors.Is(err, fs.ErrNotExist) {
			continue // nothing was kept yet
		}
		opened, err := s.open(s.dir)
		if err != nil {
			return nil, err
		}
		opened.place = s.dir
		shelves = append(shelves, opened)
	}
	return shelves, nil
}

func openBuilds(dir string) (shelf, error) {
	cache, err := gobuild.Open(dir)
	if err != nil {
		return shelf{}, err
	}
	list := func() (all []kept, err error) {
		entries, err := cache.List()
		for _, e := range entries {
			what := e.What
			if strings.HasPrefix(what, ".") {
				what = filepath.Join(e.Dir, what)
			}
			all = append(all, kept{what, e.Target, e.Hash, e.Size, e.Used})
		}
		return all, err
	}
	remove := func(k kept) bool {
		return cache.Remove(gobuild.Entry{Program: gobuild.Program{Hash: k.hash}, Used: k.used})
	}
	return shelf{name: "builds", list: list, remove: remove}, nil
}

func openWorkers(dir string) (shelf, error) {
	workers, err := store.Open(dir, nil)
	if err != nil {
		return shelf{}, err
	}
	list := func() (all []kept, err error) {
		programs, err := workers.Programs()
		for _, p := range programs {
			what, target := identify(workers.Path(p.Hash))
			all = append(all, kept{what, target, p.Hash, p.Size, p.Used})
		}
		return all, err
	}
	remove := func(k kept) bool { return workers.Remove(store.Info{Hash: k.hash, Used: k.used}) }
	return shelf{name: "workers", list: list, remove: remove}, nil
}

// identify reads from a worker's file what it is, and for which system.
func identify(path string) (what, target string) {
	info, err := buildinfo.ReadFile(path)
	if err != nil {
		return "", ""
	}
	system := map[string]string{}
	for _, s := range info.Settings {
		system[s.Key] = s.Value
	}
	v, _ := infile.Version(path)
	return fmt.Sprintf("%s, farside %s", filepath.Base(info.Path), v), system["GOOS"] + "/" + system["GOARCH"]
}

// A pruning says what has to go: all that any of its bounds sends away.
type pruning struct {
	before time.Time // what was last used before
	limit  int64     // what was not used for longest, until the rest of a shelf has no more bytes; -1 for no limit
}

// prune removes from a shelf what has to go, and tells what is gone. What is in use stays.
func (s *shelf) prune(p pruning) (removed []kept, err error) {
	all, err := s.list()
	if err != nil {
		return nil, err
	}
	total := sizeOf(all)
	for _, k := range all {
		over := p.limit >= 0 && total > p.limit
		if (over || k.used.Before(p.before)) && s.remove(k) {
			total -= k.size
			removed = append(removed, k)
		}
	}
	return removed, nil
}

func sizeOf(all []kept) (total int64) {
	for _, k := range all {
		total += k.size
	}
	return total
}
