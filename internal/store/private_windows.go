package store

import "io/fs"

// exeSuffix ends the name of a program, which Windows would not start otherwise.
const exeSuffix = ".exe"

const openPlain = 0

// The system is trusted here: a user's cache is the user's own.
func isOwn(fs.FileInfo) bool { return true }

func othersWrite(fs.FileInfo) bool { return false }

func canRun(fs.FileInfo) bool { return true }
