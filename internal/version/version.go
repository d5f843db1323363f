// Package version tells this build's version.
package version

import "runtime/debug"

const module = "github.com/farside-go/farside"

// String gives the module's version as the toolchain recorded it, or "devel".
func String() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	found := info.Main
	for _, dep := range info.Deps {
		if dep.Path == module {
			found = *dep
		}
	}
	if found.Path != module || found.Version == "" || found.Version == "(devel)" {
		return "devel"
	}
	return found.Version
}
