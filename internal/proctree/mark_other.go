//go:build !linux

package proctree

import "os/exec"

// Mark does nothing: there is no way to look for a mark here.
func Mark(*exec.Cmd) (mark string) { return "" }

// KillMarked does nothing.
func KillMarked(string) {}
