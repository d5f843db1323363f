// Package version tells this build's version.
package version

import "runtime/debug"

// unknown is the version of what was built in a working copy.
const unknown = "devel"

const module = "github.com/farside-go/farside"

// String gives the module's version as the toolchain recorded it, or "devel".
func String() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return unknown
	}
	return In(info)
}

// In gives the version of this module in a program.
func In(info *debug.BuildInfo) string {
	found := info.Main
	for _, dep := range info.Deps {
		if dep.Path == module {
			found = *dep
		}
	}
	if found.Path != module || found.Version == "" || found.Version == "(devel)" {
		return unknown
	}
	return found.Version
}
