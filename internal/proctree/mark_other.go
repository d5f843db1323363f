//go:build !linux

package proctree

import "os/exec"

// Mark does nothing: there is no way to look for a mark here.
func Mark(*exec.Cmd) (mark string) { return "" }

// KeepMark gives env.
func KeepMark(env []string) []string { return env }

// KillMarked does nothing.
func KillMarked(string) {}
