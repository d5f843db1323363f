package pin

import "os"

// isPrivate trusts the system: the mode says nothing of who can read a file there.
func isPrivate(os.FileInfo) bool { return true }
