package interp

import (
	"github.com/farside-go/farside/interp/internal/compile"
)

// genericPackage gives the syntax of a compiled package's generic declarations.
func genericPackage(path string) (*compile.Package, error) {
	return nil, errClosed
}
