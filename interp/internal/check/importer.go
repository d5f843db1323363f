package check

import (
	"errors"
	"fmt"
	"go/types"
	"strings"
	"sync"

	"github.com/farside-go/farside/interp/internal/exportdata"
	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

// An Importer gives the types of the packages that this program brings along:
// the standard library and farside's own. A package is read when it is first
// asked for, and kept. The methods may be called from several goroutines at once.
type Importer struct{ reader *exportdata.Reader }

// NewImporter gives an importer that has read nothing yet.
func NewImporter() *Importer { return &Importer{exportdata.New()} }

// standard is the importer of whoever has none of his own.
var standard = sync.OnceValue(NewImporter)

// Import gives a package. The text of the error is the go command's.
func (im *Importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if !im.reader.Has(path) {
		return nil, missingPackage(path)
	}
	return im.reader.Import(path)
}

// Has reports whether a source can import path.
func (im *Importer) Has(path string) bool {
	return path == "unsafe" || im.reader.Has(path)
}

// missingPackage says that nobody has a package, and what to do about it.
func missingPackage(path string) error {
	domain, _, _ := strings.Cut(path, "/")
	switch {
	case path == "C":
		return errors.New("cgo " + buildInstead)
	case !format.Public(path):
		return fmt.Errorf("use of internal package %s not allowed", path)
	case !strings.Contains(domain, "."):
		return fmt.Errorf("package %s is not in std", path)
	}
	return fmt.Errorf("package %s was not imported to this far side: Import its source first, or build the program", path)
}
