// Package infile tells the version in another program. It is apart because what reads
// programs of all systems is large, and a worker reads none.
package infile

import (
	"debug/buildinfo"

	"github.com/farside-go/farside/internal/version"
)

// Version gives the version of this module in the program at path.
func Version(path string) (string, error) {
	info, err := buildinfo.ReadFile(path)
	if err != nil {
		return "", err
	}
	return version.In(info), nil
}
