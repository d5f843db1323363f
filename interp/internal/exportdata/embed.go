package exportdata

import (
	_ "embed"
	"runtime"
)

//go:generate go run ../genexport

//go:embed std.types
var std string

//go:embed farside.types
var own string

// New gives a reader of all that this program brings along, for the platform
// that it runs on.
func New() *Reader { return NewReader(runtime.GOOS+"/"+runtime.GOARCH, std, own) }

// Standard gives a reader of the standard library alone, as a platform such as
// linux/amd64 has it.
func Standard(target string) *Reader { return NewReader(target, std) }
