package gobuild

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"

	"github.com/farside-go/farside/internal/inputs"
)

// A Program is what a build came to.
type Program struct {
	What   string // the package, or the name of the source
	Dir    string // where it was named so
	Target string // such as linux/amd64
	Hash   string
	Size   int64
	Main   bool
}

// A record is what a request came to, and of what.
type record struct {
	Program

	mu  sync.Mutex
	set *inputs.Set // guarded by mu
}

// same reports whether all is as it was.
func (r *record) same() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.set.Same()
}

// The names of what stands beside the programs.
const (
	requestSuffix = ".request"
	contentSuffix = ".content"
)

// recordOf gives what is known of a request, nil if nothing is.
func (c *Cache) recordOf(key string) *record {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r := c.known[key]; r != nil {
		return r
	}
	r := &record{set: inputs.New()}
	if !readJSON(filepath.Join(c.dir, key+requestSuffix), &r.Program, r.set) {
		return nil
	}
	c.know(key, r)
	return r
}

// refresh writes a record anew if its inputs are known by better stamps than before, so
// that the next process reads less.
func (c *Cache) refresh(key string, r *record) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.set.Refreshed() {
		writeJSON(filepath.Join(c.dir, key+requestSuffix), &r.Program, r.set)
	}
}

// know keeps a record in memory; mu must be held. There is an end to how many: all are on
// the disk.
func (c *Cache) know(key string, r *record) {
	const most = 256
	if len(c.known) >= most {
		clear(c.known)
	}
	c.known[key] = r
}

// remember keeps what a request came to, and what a content did. What cannot be kept is
// built again.
func (c *Cache) remember(j *job, content string, p *Program, set *inputs.Set) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.know(j.key, &record{Program: *p, set: set})
	writeJSON(filepath.Join(c.dir, content+contentSuffix), p)
	writeJSON(filepath.Join(c.dir, j.key+requestSuffix), p, set)
}

// made gives the program that was made of a content.
func (c *Cache) made(content string) (*Program, *Built) {
	p := &Program{}
	if !readJSON(filepath.Join(c.dir, content+contentSuffix), p) {
		return nil, nil
	}
	built, _ := c.use(p) // whatever is wrong with it, it is compiled again
	return p, built
}

// readJSON reports whether a file has these values. One that was cut off has not.
func readJSON(path string, values ...any) bool {
	data, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	for _, v := range values {
		if decoder.Decode(v) != nil {
			return false
		}
	}
	return true
}

// writeJSON replaces a file as a whole.
func writeJSON(path string, values ...any) {
	var data bytes.Buffer
	encoder := json.NewEncoder(&data)
	for _, v := range values {
		if encoder.Encode(v) != nil {
			return
		}
	}
	file, err := os.CreateTemp(filepath.Dir(path), workPrefix)
	if err != nil {
		return
	}
	_, err = file.Write(data.Bytes())
	if closed := file.Close(); err != nil || closed != nil || os.Rename(file.Name(), path) != nil {
		os.Remove(file.Name())
	}
}
