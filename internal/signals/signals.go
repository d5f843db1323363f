// Package signals knows signals by the names that they have on every system, since their
// numbers differ.
package signals

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"syscall"
)

// Name gives the name of a signal without SIG, such as TERM.
func Name(sig os.Signal) (string, error) {
	if number, ok := sig.(syscall.Signal); ok {
		for name, known := range table {
			if known == number {
				return name, nil
			}
		}
	}
	return "", fmt.Errorf("the signal %v has no name here", sig)
}

// Find gives the signal with a name, with or without SIG.
func Find(name string) (os.Signal, error) {
	if sig, ok := table[strings.TrimPrefix(strings.ToUpper(name), "SIG")]; ok {
		return sig, nil
	}
	return nil, fmt.Errorf("no signal %q is known on this system; there are %s", name, strings.Join(slices.Sorted(maps.Keys(table)), ", "))
}
