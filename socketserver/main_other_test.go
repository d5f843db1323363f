//go:build !linux && !darwin

package main

// systemCommands are none: the scripts that use them are for Unix.
var systemCommands = map[string]func(){}
