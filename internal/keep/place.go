package keep

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"

	"github.com/farside-go/farside/internal/store"
)

// A place is where programs may be kept.
type place struct {
	base string // the folder below which they are
	own  string // for those of this user, below base
	made bool   // base may be made where there is none

	mu    sync.Mutex
	store *store.Store // nil until it is first used
	fault error        // why it will not do
}

// places gives the places in the order in which they are tried.
func places() (found []*place) {
	if cache, err := os.UserCacheDir(); err == nil {
		found = append(found, &place{base: cache, own: filepath.Join("farside", "programs"), made: true})
	}
	here, _ := os.Getwd()
	shared := []string{"/var/tmp", "/tmp", "/dev/shm", os.TempDir(), here}
	for i, base := range shared {
		if filepath.IsAbs(base) && !slices.Contains(shared[:i], base) {
			found = append(found, &place{base: base, own: "farside-programs-" + strconv.Itoa(os.Getuid())})
		}
	}
	return found
}

func (p *place) dir() string { return filepath.Join(p.base, p.own) }

// existing gives the store, if there is a folder for it already.
func (p *place) existing() (*store.Store, error) {
	if _, err := os.Lstat(p.dir()); err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.open()
}

// usable gives the store of a place where programs may be put and may run.
func (p *place) usable() (*store.Store, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, err := os.Stat(p.base); err != nil && !p.made {
		return nil, err
	}
	s, err := p.open()
	if err == nil && forbidsPrograms(p.dir()) {
		p.fault = errNoExec
		return nil, p.fault
	}
	return s, err
}

var errNoExec = errors.New("programs may not run there: it is mounted noexec")

// open opens the store, unless the place was found not to do. p.mu is held.
func (p *place) open() (s *store.Store, err error) {
	if p.store == nil && p.fault == nil {
		p.store, err = store.Open(p.dir(), nil)
		return p.store, err
	}
	return p.store, p.fault
}

// fresh makes a folder for one program that is to be kept once.
func (p *place) fresh() (dir string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fault != nil {
		return "", p.fault
	}
	if dir, err = os.MkdirTemp(p.base, ".farside-"); err == nil && forbidsPrograms(dir) {
		os.Remove(dir)
		err = errNoExec
	}
	return dir, err
}

// spoil notes why the place will not do; nil is for trying it again.
func (p *place) spoil(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fault = err
}

// ofPlace reports whether an error is of the place where something was to be put, such
// as that there is no room.
func ofPlace(err error) bool {
	_, fromSystem := errors.AsType[syscall.Errno](err)
	return fromSystem || errors.Is(err, fs.ErrPermission)
}
