package format

import "strings"

// Public reports whether a source outside the standard library can import one of
// its packages.
func Public(path string) bool {
	for elem := range strings.SplitSeq(path, "/") {
		if elem == "internal" || elem == "vendor" || elem == "cmd" {
			return false
		}
	}
	return path != "unsafe"
}
