package bothways

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
)

// cacheFormat is part of every key. It changes with the meaning of an Outcome.
const cacheFormat = 2

// A cache keeps outcomes in a folder, one file each. A nil cache keeps nothing.
type cache struct{ dir string }

func newCache(dir string) (*cache, error) {
	if dir == "" {
		return nil, nil
	}
	return &cache{dir}, os.MkdirAll(dir, 0o755)
}

// cacheKey names all that an outcome depends on.
func cacheKey(p *Program, limits Limits) (string, error) {
	text, err := json.Marshal([]any{cacheFormat, runtime.Version(), runtime.GOOS, runtime.GOARCH, limits.Output, p})
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), err
}

// get gives a kept outcome. One that cannot be read is made again.
func (c *cache) get(key string) (out Outcome, found bool) {
	if c == nil {
		return out, false
	}
	text, err := os.ReadFile(filepath.Join(c.dir, key))
	if err != nil || json.Unmarshal(text, &out) != nil {
		return Outcome{}, false
	}
	return out, true
}

// put keeps an outcome. Another process may do the same at once, so the file
// comes whole or not at all.
func (c *cache) put(key string, out Outcome) error {
	if c == nil {
		return nil
	}
	text, err := json.Marshal(out)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(c.dir, "new-")
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(file.Name(), filepath.Join(c.dir, key))
	}
	if err != nil {
		os.Remove(file.Name())
	}
	return err
}
