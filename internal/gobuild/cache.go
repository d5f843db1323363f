package gobuild

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/farside-go/farside/internal/filelock"
	"github.com/farside-go/farside/internal/store"
)

// A Cache builds programs and keeps them. It may be used by several goroutines at
// once, and its folder by several processes. It needs no closing.
type Cache struct {
	dir      string
	programs *store.Store

	mu    sync.Mutex
	known map[string]*record // by the key of the request; guarded by mu
}

// Default gives the folder for what this user builds.
func Default() (dir string, err error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find a folder for builds: %w", err)
	}
	return filepath.Join(cache, "farside", "builds"), nil
}

// maxProgram is the size of the largest program that is kept.
const maxProgram = 4 << 30

// Open gives the cache in a folder, which it makes where there is none. It must belong
// to this user alone. The default is that of [Default].
func Open(dir string) (*Cache, error) {
	if dir == "" {
		var err error
		if dir, err = Default(); err != nil {
			return nil, err
		}
	}
	programs, err := store.Open(dir, &store.Options{MaxProgram: maxProgram})
	if err != nil {
		return nil, fmt.Errorf("open the cache of builds: %w", err)
	}
	return &Cache{dir: dir, programs: programs, known: map[string]*record{}}, nil
}

// Build gives the program that a request asks for. If it was built before and nothing
// has changed since, that takes a moment; builds of the same request at the same time
// are one. The error is an [*Error] if the program is what is wrong. The end of ctx ends
// the toolchain with all that it started.
func (c *Cache) Build(ctx context.Context, r *Request) (*Built, error) {
	j, err := newJob(r)
	if err != nil {
		return nil, err
	}
	if built := c.find(j); built != nil {
		return built, nil
	}
	turn, err := c.takeTurn(ctx, j)
	if err != nil {
		return nil, fmt.Errorf("build %s: wait for another's build: %w", j.what(), err)
	}
	defer turn.Close()
	if built := c.find(j); built != nil {
		return built, nil
	}
	built, err := c.build(ctx, j)
	if failed := (*Error)(nil); err != nil && !errors.As(err, &failed) {
		return nil, fmt.Errorf("build %s for %s: %w", j.what(), j.target(), err)
	}
	return built, err
}

// takeTurn waits until nobody builds what the job asks for. The turn ends with the file,
// and so with the process.
func (c *Cache) takeTurn(ctx context.Context, j *job) (*os.File, error) {
	turn := func() (*os.File, error) {
		return os.OpenFile(filepath.Join(c.dir, j.key[:2]+".turn"), os.O_RDWR|os.O_CREATE, 0o600)
	}
	file, err := turn()
	if errors.Is(err, fs.ErrNotExist) { // users empty their caches
		if _, err = Open(c.dir); err == nil {
			file, err = turn()
		}
	}
	if err != nil {
		return nil, err
	}
	err = filelock.Await(ctx, file, func() { j.progress("waiting for another build of " + j.what()) })
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

func (j *job) progress(stage string) {
	if j.Progress != nil {
		j.Progress(stage)
	}
}

// find gives what the job's request came to before, nil if that is not known, not there
// any more, or not what it would come to now.
func (c *Cache) find(j *job) *Built {
	r := c.recordOf(j.key)
	if r == nil || !r.same() {
		return nil
	}
	built, err := c.use(&r.Program)
	if err != nil {
		return nil
	}
	c.refresh(j.key, r)
	return built
}

// use gives a program that is kept. It is an error if it is not, or is damaged.
func (c *Cache) use(p *Program) (*Built, error) {
	used, err := c.programs.Use(p.Hash)
	if err != nil {
		return nil, err
	}
	defer used.Release()
	return &Built{Path: used.Path, Hash: p.Hash, Size: p.Size, Main: p.Main}, nil
}
