package sshconfig

import "io/fs"

// trusted leaves it to the permissions of the user's folder.
func trusted(fs.FileInfo) bool { return true }
