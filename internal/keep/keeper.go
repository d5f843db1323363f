package keep

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/farside-go/farside/internal/store"
)

// ErrMissing is the error of Use for a program that is to be sent first.
var ErrMissing = store.ErrMissing

// A Keeper is what a worker has of the programs that are kept on its machine. Its
// methods may be called concurrently. Whoever made it calls Close.
type Keeper struct {
	places []*place

	mu   sync.Mutex
	once map[string]*held // by hash, those that are kept once
}

// New makes a Keeper of this user's programs.
func New() *Keeper { return &Keeper{places: places(), once: map[string]*held{}} }

// A Program is in use until Release.
type Program struct {
	Path    string // of a file that can be started
	Release func()
	place   *place // nil for one that is kept once
}

// Use gives a program to start. The error matches [ErrMissing] if it is nowhere, also if
// it was damaged, and is removed.
func (k *Keeper) Use(hash string) (*Program, error) {
	if !store.IsHash(hash) {
		return nil, fmt.Errorf("%.80q is no hash of a program", hash)
	}
	if held := k.heldOnce(hash); held != nil {
		return &Program{Path: held.path, Release: func() {}}, nil
	}
	for _, p := range k.places {
		s, err := p.existing()
		if err != nil {
			continue
		}
		program, err := s.Use(hash)
		if err == nil {
			return &Program{Path: program.Path, Release: program.Release, place: p}, nil
		}
		if !errors.Is(err, ErrMissing) {
			p.spoil(err)
		}
	}
	return nil, ErrMissing
}

// Refuse notes that a program could not be started because its place does not allow it.
// It reports whether another place may do.
func (k *Keeper) Refuse(program *Program, err error) bool {
	program.Release()
	if program.place == nil {
		return false
	}
	program.place.spoil(err)
	return true
}

// pathOf gives where a program is, empty if it is missing.
func (k *Keeper) pathOf(hash string) string {
	program, err := k.Use(hash)
	if err != nil {
		return ""
	}
	program.Release()
	return program.Path
}

// errNowhere lists what was tried. The places are tried again the next time: a disk that
// is full does not stay so.
func (k *Keeper) errNowhere(faults []string) error {
	for _, p := range k.places {
		p.spoil(nil)
	}
	return fmt.Errorf("no folder over there will do; make room in one, or let programs run there; tried\n\t%s",
		strings.Join(faults, "\n\t"))
}
