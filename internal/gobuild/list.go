package gobuild

import (
	"path/filepath"
	"time"

	"github.com/farside-go/farside/internal/store"
)

// An Entry is a program in the cache.
type Entry struct {
	Program
	Used time.Time // last
}

// List tells what is in the cache, what was not used for longest first.
func (c *Cache) List() ([]Entry, error) {
	c.sweep()
	programs, err := c.programs.Programs()
	if err != nil {
		return nil, err
	}
	made := c.allMade()
	var list []Entry
	for _, program := range programs {
		entry := Entry{made[program.Hash], program.Used}
		entry.Hash, entry.Size = program.Hash, program.Size
		list = append(list, entry)
	}
	return list, nil
}

// Remove removes a program, unless it was used since it was listed, and reports whether
// it is gone. It is built again when it is asked for.
func (c *Cache) Remove(e Entry) bool {
	return c.programs.Remove(store.Info{Hash: e.Hash, Size: e.Size, Used: e.Used})
}

// allMade gives what is known of programs, by their hashes.
func (c *Cache) allMade() map[string]Program {
	made := map[string]Program{}
	paths, _ := filepath.Glob(filepath.Join(c.dir, "*"+contentSuffix))
	for _, path := range paths {
		if p := (Program{}); readJSON(path, &p) {
			made[p.Hash] = p
		}
	}
	return made
}
