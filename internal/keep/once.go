package keep

import (
	"fmt"
	"os"
	"path/filepath"
)

// held is a program that is kept once.
type held struct {
	path string   // at which it can be started
	dir  string   // to be removed at the end; empty if there is nothing left to remove
	file *os.File // that keeps a file without a name; nil if it has one
}

// hold keeps the program that was put into a folder of its own. Where the system finds it
// by a descriptor of this process its name goes at once.
func (k *Keeper) hold(hash, dir, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	h := &held{path: path, dir: dir}
	nameless := fmt.Sprintf("/proc/%d/fd/%d", os.Getpid(), file.Fd())
	if _, err := os.Stat(nameless); err == nil && os.RemoveAll(dir) == nil {
		h = &held{path: nameless, file: file}
	} else {
		file.Close()
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.once[hash] != nil {
		h.drop() // it was sent twice at the same time
		return nil
	}
	k.once[hash] = h
	return nil
}

func (k *Keeper) heldOnce(hash string) *held {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.once[hash]
}

// Close removes what is kept once.
func (k *Keeper) Close() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for hash, h := range k.once {
		h.drop()
		delete(k.once, hash)
	}
}

func (h *held) drop() {
	if h.file != nil {
		h.file.Close()
		return
	}
	os.RemoveAll(filepath.Clean(h.dir))
}
