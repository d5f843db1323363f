package main

import (
	"runtime"
	"slices"

	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

// generate gives the archives by file name.
func generate() (map[string][]byte, error) {
	var std, own []library
	for _, target := range format.Targets {
		s, o, err := load(target)
		if err != nil {
			return nil, err
		}
		std, own = append(std, s), append(own, o)
	}
	return archives(std, own)
}

// archives gives the two files of some libraries, one for each target.
func archives(std, own []library) (map[string][]byte, error) {
	stdData, err := archive(runtime.Version(), std, format.Public)
	if err != nil {
		return nil, err
	}
	ownData, err := archive(runtime.Version(), own, func(path string) bool { return slices.Contains(ours, path) })
	if err != nil {
		return nil, err
	}
	return map[string][]byte{format.StdFile: stdData, format.OwnFile: ownData}, nil
}
