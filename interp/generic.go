package interp

import (
	"reflect"
	"sync"

	"github.com/farside-go/farside/interp/internal/compile"
	"github.com/farside-go/farside/interp/internal/generic"
	"github.com/farside-go/farside/interp/internal/generic/native"
)

// genericPackage gives the syntax of a compiled package's generic declarations.
func genericPackage(path string) (*compile.Package, error) {
	pkg, err := generic.Package(path)
	if err != nil {
		return nil, err
	}
	return &compile.Package{Types: pkg.Types, Info: pkg.Info, Files: pkg.Files}, nil
}

// nativeSymbols are what that syntax calls, and no source can.
var nativeSymbols = sync.OnceValue(func() map[string]reflect.Value { return native.Symbols() })
