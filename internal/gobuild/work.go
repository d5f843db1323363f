package gobuild

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/farside-go/farside/internal/filelock"
)

const (
	workPrefix = "make-"
	lockName   = "lock"
)

// A work is the folder of a build in progress.
type work struct {
	dir  string
	lock *os.File
}

func (c *Cache) newWork() (*work, error) {
	dir, err := os.MkdirTemp(c.dir, workPrefix)
	if err != nil {
		return nil, err
	}
	w := &work{dir: dir}
	if w.lock, err = os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		w.discard()
		return nil, err
	}
	if err := filelock.Lock(w.lock, true); err != nil {
		w.discard()
		return nil, err
	}
	return w, nil
}

func (w *work) discard() {
	w.lock.Close() // first: Windows removes no open file
	os.RemoveAll(w.dir)
}

// write puts a file into the folder.
func (w *work) write(name, text string) (path string, err error) {
	path = filepath.Join(w.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	return path, os.WriteFile(path, []byte(text), 0o600)
}

// overlay writes the file that lays texts over the paths of files. They are numbered,
// because their folders need not exist.
func (w *work) overlay(texts map[string]string) (path string, err error) {
	replace := map[string]string{}
	for name, text := range texts {
		if replace[name], err = w.write("overlay/"+hashOf(name)[:16]+".go", text); err != nil {
			return "", err
		}
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	return w.write("overlay.json", string(data))
}

// sweep removes what builds left that were cut off, and what is known of programs that
// are gone. What fails here is tried again the next time.
func (c *Cache) sweep() {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return
	}
	for _, entry := range entries {
		path := filepath.Join(c.dir, entry.Name())
		switch {
		case strings.HasPrefix(entry.Name(), workPrefix):
			sweepWork(path)
		case strings.HasSuffix(path, requestSuffix), strings.HasSuffix(path, contentSuffix):
			c.sweepRecord(path)
		}
	}
}

// settled is how old a folder without a lock is that nobody is about to lock.
const settled = time.Minute

// sweepWork removes what nobody works in.
func sweepWork(path string) {
	lock, err := os.OpenFile(filepath.Join(path, lockName), os.O_RDWR, 0)
	if err == nil {
		free, err := filelock.TryLock(lock)
		lock.Close()
		if !free || err != nil {
			return
		}
	} else if info, err := os.Lstat(path); err != nil || time.Since(info.ModTime()) < settled {
		return
	}
	os.RemoveAll(path)
}

// sweepRecord removes what is known of a program that is gone.
func (c *Cache) sweepRecord(path string) {
	var p Program
	file, err := os.Open(path)
	if err != nil {
		return
	}
	err = json.NewDecoder(file).Decode(&p)
	file.Close()
	if err != nil || !c.programs.Has(p.Hash) {
		os.Remove(path)
	}
}
