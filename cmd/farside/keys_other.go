//go:build !linux && !darwin

package main

import "os"

// keysAreInput does nothing: the editor does it.
func keysAreInput(*os.File) (restore func()) { return func() {} }
