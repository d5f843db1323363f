//go:build unix

package pin

import "os"

// isPrivate reports whether a file is closed to the group and to all others.
func isPrivate(info os.FileInfo) bool { return info.Mode().Perm()&0o077 == 0 }
