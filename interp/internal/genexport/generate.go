package main

import (
	"runtime"
	"slices"

	"github.com/farside-go/farside/interp/internal/exportdata"
)

// generate gives the archives by file name.
func generate() (map[string][]byte, error) {
	var std, own []exportdata.Library
	for _, target := range exportdata.Targets() {
		s, o, err := load(target)
		if err != nil {
			return nil, err
		}
		std, own = append(std, s), append(own, o)
	}
	return render(std, own)
}

func render(std, own []exportdata.Library) (map[string][]byte, error) {
	stdData, err := exportdata.Write(runtime.Version(), std, exportdata.Public)
	if err != nil {
		return nil, err
	}
	ownData, err := exportdata.Write(runtime.Version(), own, func(path string) bool { return slices.Contains(ours, path) })
	if err != nil {
		return nil, err
	}
	return map[string][]byte{exportdata.StdFile: stdData, exportdata.OwnFile: ownData}, nil
}
