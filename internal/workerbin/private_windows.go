package workerbin

import "os"

// isPrivate trusts the system: a user's cache is the user's own there.
func isPrivate(os.FileInfo) bool { return true }
