package keep

import "path/filepath"

// NewIn makes a Keeper of programs in folders that tests have made.
func NewIn(dirs ...string) *Keeper {
	k := &Keeper{once: map[string]*held{}}
	for _, dir := range dirs {
		k.places = append(k.places, &place{base: filepath.Dir(dir), own: filepath.Base(dir)})
	}
	return k
}
